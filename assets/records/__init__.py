"""From a landed batch to a verdict on each record and one typed, pseudonymised frame per entity."""
