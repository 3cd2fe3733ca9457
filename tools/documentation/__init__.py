"""The documentation site: what is generated for it, and the hooks that mkdocs calls."""
