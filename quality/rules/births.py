"""When a child was born, as a rule on a row of a return takes it.

SSDA903 repeats the date of birth in most of its tables. Where a table has another one than Header, rules on its rows go
by their own; that the two differ is a finding of its own (903-INT11 to 903-INT18).
"""

import polars as pl

OF_CHILD = pl.col("child.date_of_birth")
# On a row of a table that repeats it.
BORN_AS_STATED = pl.coalesce("stated_date_of_birth", OF_CHILD)
