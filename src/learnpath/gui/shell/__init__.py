"""The main window around the screens: navigation, top bar, palette, messages, crash dialog."""
