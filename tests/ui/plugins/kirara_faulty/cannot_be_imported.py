raise ImportError("libmissing.so.1 is not installed")
