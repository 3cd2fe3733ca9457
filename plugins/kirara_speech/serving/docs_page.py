"""The page at ``/docs``, where people look for what the server answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirara_speech.serving.interface import Route

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0;
  border-bottom: 1px solid #8886; }}
pre {{ overflow-x: auto; padding: .8rem; background: #8882; border-radius: 8px; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>Version {version}. Bodies and answers are as in VOICEVOX; parameters go into the address.
Those with a “?” may be left out. For programs: <a href="openapi.json">openapi.json</a>.
The numbers of the voices: <a href="speakers">speakers</a>.</p>
<table>
<tr><th>Method</th><th>Address</th><th>Parameters</th><th>What it is</th></tr>
{rows}
</table>
<h2>A text to a sound</h2>
<pre>curl -s -X POST "127.0.0.1:50021/audio_query?speaker=NUMBER" \\
    --get --data-urlencode "text=こんにちは。" &gt; query.json
curl -s -H "Content-Type: application/json" -d @query.json \\
    "127.0.0.1:50021/synthesis?speaker=NUMBER" &gt; a.wav</pre>
</body>
</html>
"""


def docs_page(title: str, version: str, routes: Mapping[tuple[str, str], Route]) -> bytes:
    """The page, as UTF-8: all addresses in one table, without any script."""
    rows = []
    for (method, path), route in routes.items():
        names = ", ".join(route.parameters)
        cells = (method, f"<code>{escape(path)}</code>", escape(names), escape(route.about))
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    page = _PAGE.format(title=escape(title), version=escape(version), rows="\n".join(rows))
    return page.encode()
