"""Published statistics, populations and neighbours as reference tables."""
