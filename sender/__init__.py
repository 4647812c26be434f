"""The reference sender: what a local authority that builds its own sends with. Knows the API and nothing of the rest."""
