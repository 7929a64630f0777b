"""Use cases, one module per goal of the person; each owns its transaction."""
