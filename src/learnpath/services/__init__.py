"""Use cases: one module per goal of the person. Each owns its transaction and returns a result and a change."""
