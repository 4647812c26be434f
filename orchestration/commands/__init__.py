"""The csc command, a file a group of subcommands. Each reads its input, calls the work, prints, and sets the exit code."""
