"""What every part of the window is built on: task lanes, the change bus, actions, theme and icons."""
