"""Synthetic training pictures for the two classifiers of paintings, and their training.

Run from the repository, one after the other::

    python -m tools.paintings.collect          # free pictures of packages, into .cache/paintings
    python -m tools.paintings.store 12000      # makes the pictures to train on, in the same folder
    python -m tools.paintings.train_features
    python -m tools.paintings.train_network

Nothing that was fetched is committed.
"""
