"""The plugin manager: changes in a queue (:mod:`.changes`), and the parts of the plugins page."""
