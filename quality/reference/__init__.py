"""Reference data that the rules look things up in: public, the same for everyone, and read in place."""
