"""Three forecasts of the same clip: nothing moves, all moves on, and what a network says."""

NETWORK, STILL, FLOW = "network", "nothing moves", "optical flow"
"""What they are called in files and on the command line."""
