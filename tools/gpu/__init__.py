"""Trainings that fit into some minutes of a GPU, one module each.

Each takes ``--minutes``, writes averaged weights every minute in files of at most 16 MiB (fp16),
and prints a table last. They import neither Qt's widgets nor the studio's window. :mod:`.pack`
collects what a bare machine needs.
"""
