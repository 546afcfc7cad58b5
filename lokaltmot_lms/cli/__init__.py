"""The command line: one file per command, which parses, calls and prints. The work is done in the packages below."""
