"""The rules, run on records, on the state of children and on returns."""
