"""The illustration filter of Illustrations: the pictures it learns from and is judged on.

``python -m tools.illustrations pictures|sheet|train``. Everything is made from seeds and from
packages, and stored in ``.cache/illustrations``. Pictures for judging come from other packages and
other seeds than those for training, and programs of their own compose them
(:mod:`tools.illustrations.judging`).
"""
