"""What the rules ask, one module a subject, each listing its own in RULES; wording is in the catalogue."""
