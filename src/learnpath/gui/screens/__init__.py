"""The screens of the window: one folder per goal. `catalogue` lists them in the order of the navigation."""
