"""Pictures made for training the two classifiers of paintings, and what trains them.

Run from the repository, with ``PYTHONPATH=packaging``, one after the other::

    python -m paintings.collect          # free pictures, by package name, into .cache/paintings
    python -m paintings.store 12000      # makes the pictures to train on, in the same folder
    python -m paintings.train_features
    python -m paintings.train_network

Nothing that was fetched is committed.
"""
