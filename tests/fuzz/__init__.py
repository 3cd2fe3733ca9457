"""Damaged files of every kind: each reader gives a value, or an error that names the file.

``python -m tests.fuzz`` tries thousands of them and prints a table.
"""
