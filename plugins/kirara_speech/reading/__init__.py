"""How a text is read: from characters to phrases and symbols, and what users change of it."""
