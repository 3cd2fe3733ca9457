"""The networks, their files and their latents."""
