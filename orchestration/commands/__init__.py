"""The csc command, a file a group of subcommands: each reads its input, calls the work, and sets the exit code."""
