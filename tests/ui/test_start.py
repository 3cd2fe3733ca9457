"""What the window must not import, so that it is there at once."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("torch", "cv2", "numpy", "PIL", "requests", "tomlkit", "keyring", "safetensors")
LATER = ("command_palette", "settings_view", "plugins_view", "crash_dialog", "help_view")


def test_the_window_imports_little() -> None:
    code = (
        "import sys, kirara_studio.ui.main_window\n"
        f"heavy = [n for n in {HEAVY!r} if n in sys.modules]\n"
        f"early = [n for n in {LATER!r} if 'kirara_studio.ui.' + n in sys.modules]\n"
        "sys.exit(' '.join(heavy + early) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
