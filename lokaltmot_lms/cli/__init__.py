"""The command line: one file a command, which parses, calls and prints. What it does lies in the rooms below."""
