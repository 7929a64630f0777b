"""Digital badges and other credentials that an issuer hands out as a file.

Belongs here: Open Badges 0.5 to 3.0, W3C verifiable credentials, CLR and Europass documents, as JSON, as compact tokens
and baked into pictures. `badge_file` is the format. Nothing here checks a signature, opens an address or draws.
"""
