"""Fuzzing: each target is one function, run by hypothesis in the suite and by `python -m tests.fuzz` for as long as wanted."""
