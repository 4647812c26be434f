"""Expectations on collections in the warehouse: run, stored and shown. What is expected is in quality/expectations."""
