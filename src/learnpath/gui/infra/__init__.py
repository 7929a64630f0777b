"""What the window rests on: theme, fonts, icons, style, task lanes, change bus."""
