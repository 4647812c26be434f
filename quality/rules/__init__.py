"""Rules: what may be doubted about a record, a child's merged state or a return, and the engine that asks."""
