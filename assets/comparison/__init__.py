"""How close the timely feed comes to the annual returns: coverage, agreement, timeliness, indicators, validity.

Pure functions over entity frames; compare.py alone meets the warehouse. How results are shown belongs to reports.
"""
