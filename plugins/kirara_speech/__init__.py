"""Speech: type, and the character speaks. Hook implementations only."""
