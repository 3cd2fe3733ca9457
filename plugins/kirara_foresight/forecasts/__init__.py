"""Three forecasts: of a network, “nothing moves”, and optical flow."""

NETWORK, STILL, FLOW = "network", "nothing moves", "optical flow"
"""Their names in files and on the command line."""
