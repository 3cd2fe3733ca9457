"""Text2Mel and SSRN: their shapes, layers, files, and how they speak frame by frame."""
