"""The queue of this project's own trainings: ``python -m training``, or ``make train``.

A development tool, not part of the wheel. It runs the trainers of the plugins as the studio does
(:mod:`kirara_studio.engine.training_child`), one at a time, judges what they have learnt, and keeps
the best. Nothing here imports Qt or torch, apart from :mod:`training.export`, a process of its own.
"""
