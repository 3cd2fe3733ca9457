"""Everything that a plugin may import. Nothing else of the studio is public.

The modules here import neither torch nor Qt (the widgets in :mod:`kirara_studio.api.widgets`
import Qt), so a command that needs neither starts at once.
"""

API_VERSION = "1.4"
"""Version of the plugin interface; a panel states the versions that it was written for."""
