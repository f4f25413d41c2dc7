"""Benchmarks: ratios inside one run, because machines differ and are noisy. Nothing here is a test."""
