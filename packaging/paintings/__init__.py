"""Pictures made for training the two classifiers of paintings, and what trains them.

Run from the repository, with ``PYTHONPATH=packaging``: ``python -m paintings.collect`` fetches
free pictures by package name into ``.cache/paintings``; ``python -m paintings.train_features``
learns. Nothing that was fetched is committed.
"""
