"""The real window in Japanese: no English remains, but names and units."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json, sys
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from kirara_studio.app import Studio, make_application
from kirara_studio.desktop.single_instance import StartRequest
from kirara_studio.host.folders import Folders
from kirara_studio.ui.tour import run_until

studio = Studio(make_application(), Folders.default(), on_tour=True)
studio.preferences["language"] = "en"
studio.start(StartRequest())
window = studio.window
for panel in ("characters", "speech", "foresight", "paintings", "illustrations", "releases"):
    window.open_panel(panel)
    run_until(lambda: window.host(panel).widget is not None, 60)
studio.preferences["language"] = "ja"  # as a user does it, with everything open
texts = {}

def look(place):
    run_until(lambda: not studio.queue.busy, 120)
    found = set()
    for widget in window.findChildren(object):
        if isinstance(widget, (QLabel, QAbstractButton)) and widget.isVisible():
            found |= {widget.text(), widget.toolTip(), widget.accessibleName()}
        elif isinstance(widget, QLineEdit) and widget.isVisible():
            found |= {widget.placeholderText(), widget.toolTip(), widget.accessibleName()}
    found.add(window.job_bar.status)
    found = {text for text in found if "bf16" not in text and "fp32" not in text}  # the processor
    texts[place] = sorted(found)

for panel in ("characters", "speech", "foresight", "paintings", "illustrations", "releases"):
    window.open_panel(panel)
    look(panel)
for page in ("settings", "plugins", "help"):
    getattr(window, f"open_{page}")()
    look(page)
print("TEXTS" + json.dumps(texts))
studio.shutdown()
"""

NAMES = {
    "Kirara", "Studio", "MIT", "Qt", "CPU", "CUDA", "GPU", "MPS", "PNG", "GIF", "WebP", "MP4",
    "CSV", "Ctrl", "Shift", "Return", "Enter", "Esc", "Alt", "Del", "MSE", "SSIM", "CSI", "MAX",
    "Open", "JTalk", "WORLD", "DNSMOS", "VOICEVOX", "Kokoro", "Unlicense", "ROHAN", "Apache", "CC",
    "px", "ms", "dBZ", "MNIST", "mlxtend", "BSD", "BY", "pySTEPS", "Slack", "Discord", "LINE",
    "English", "http", "https", "mei", "MB", "URL", "wheel",
    "SHAREVOX", "COEIROINK", "AivisSpeech", "ics", "truncation", "Mastodon", "Misskey", "Bluesky",
    "OpenCV", "safetensors", "xml",
    "characters", "foresight", "illustrations", "paintings", "releases", "speech",
}  # fmt: skip
"""Names, units, and what else is Latin in Japanese too."""


def latin_words(text: str) -> list[str]:
    """What is not Japanese in a text, without the names of fields in braces."""
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"{\w+}", "", text))


def test_no_english_remains_in_the_japanese_window(tmp_path: Path) -> None:
    environment = {**os.environ, "KIRARA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    line = next((x for x in done.stdout.splitlines() if x.startswith("TEXTS")), None)
    assert line is not None, done.stderr
    remains = {
        (place, text): words
        for place, texts in json.loads(line.removeprefix("TEXTS")).items()
        for text in texts
        if (words := [word for word in latin_words(text) if word not in NAMES])
    }
    assert not remains, "\n".join(f"{place}: {text}" for place, text in remains)
