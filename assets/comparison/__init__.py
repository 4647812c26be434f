"""The feed against the annual returns: linkage, agreement, timeliness."""
