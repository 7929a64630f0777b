"""Files in and out: bytes to drafts with problems, records to bytes. Opens no library and no window."""
