"""The reference sender, for local authorities that build their own. Knows the API and nothing of the rest."""
