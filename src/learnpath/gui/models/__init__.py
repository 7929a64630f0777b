"""Qt item models over records. They know records and signals, never services."""
