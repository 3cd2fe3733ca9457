"""Tells illustrations from other pictures: a linear head over frozen features. No Qt."""
