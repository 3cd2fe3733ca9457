"""Shared by trainers, networks and linear heads.

Torch is imported by what holds a network; the schedule, the measures, the linear model and the
corrections import it only when they need it.
"""
