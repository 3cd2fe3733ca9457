"""Finds drawn faces in pictures: data, network, training, and a cascade as an alternative."""
