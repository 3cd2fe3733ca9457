"""EfficientNet-lite0, whose frozen features a linear head reads."""
