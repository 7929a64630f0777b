"""Lists that others keep and people save: catalogues of programs, transcripts, lists of skills.

Belongs here: one module per format, and `entries`, which they share. Nothing here opens an address or a database.
"""
