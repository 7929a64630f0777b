"""Frozen records and pure rules. No input or output, no clock: `today` is always a parameter."""
