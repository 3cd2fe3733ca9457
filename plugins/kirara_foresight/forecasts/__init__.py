"""Three forecasts of the same clip: nothing moves, all moves on, and what a network says."""
