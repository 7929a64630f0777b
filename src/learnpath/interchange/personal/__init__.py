"""Files about one person: résumés, calendars and certificates on paper.

Belongs here: one module per format. What an issuer signs is in `badges`, what many people read alike in `lists`.
"""
