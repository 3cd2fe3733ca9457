"""The convolutional LSTM, and its files."""
