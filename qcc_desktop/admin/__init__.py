"""The read-only HTTP view of the program."""
