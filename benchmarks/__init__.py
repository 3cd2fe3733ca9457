"""What is fast, against what: every figure is a ratio of the same run."""
