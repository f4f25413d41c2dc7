"""Faults: a run that is killed, a disk that is full, pages that vanish; nothing is torn, nothing is left behind."""
