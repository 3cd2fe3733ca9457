"""Which drawn character resembles a picture: a network that guesses, and a search that corrects."""
