"""From pictures with labels to a classifier."""
