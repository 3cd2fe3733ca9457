"""Scripts of lines: projects, presets, and saving sound."""
