"""The landing store: batches as received, receipts, the stream register, the submission log."""
