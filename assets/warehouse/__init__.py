"""Frames into the warehouse, on DuckDB or Postgres, and state out of it."""
