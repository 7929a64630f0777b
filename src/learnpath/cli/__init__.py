"""The command line: whatever a person can do in the window, a script can do here."""
