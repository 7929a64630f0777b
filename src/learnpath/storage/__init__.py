"""The library on disk: one SQLite file, a folder of proofs, a lock. Returns frozen domain records, never rows."""
