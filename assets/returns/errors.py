"""What is said when a return cannot be taken in at all. Cells that cannot be read are faults, not errors."""


class ReturnError(ValueError):
    """A file that is not the return it was given as.

    The message says where, what was expected, what came and what to do; it never repeats a value from the file.
    """
