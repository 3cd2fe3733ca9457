"""The child process of ``check_plugin``.

``python -m kirara_studio.testing PLUGIN HOME SKIP [RULE…]`` prints one JSON line when it begins a
rule, and one with the result. The first SKIP results are left out: an earlier process had them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from kirara_studio.api.errors import UserError
from kirara_studio.engine.errors import parts_of


def main(arguments: Sequence[str]) -> None:
    """Print the events to what was the standard output; the plugin's own goes to the errors."""
    plugin, home, skip, *only = arguments
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        _try_rules(plugin, Path(home), int(skip), only, events)
    except UserError as error:
        _say(events, problem=parts_of(error))
    events.flush()
    os._exit(0)  # threads of the plugin may still run; a rule has looked for them


def _try_rules(plugin: str, home: Path, skip: int, only: Sequence[str], events: TextIO) -> None:
    from kirara_studio.testing.rules import chosen_rules
    from kirara_studio.testing.subject import subjects

    rules = chosen_rules(only)
    for subject in subjects(plugin, home / str(skip)):
        due = rules[skip:]
        skip = max(skip - len(rules), 0)
        if due:
            with subject:
                for rule in due:
                    begun = {"plugin": subject.name, "rule": rule.name, "title": rule.title}
                    _say(events, begun={**begun, "advice": rule.advice})
                    _say(events, result=asdict(rule.run(subject)))
    _say(events, done=True)


def _say(events: TextIO, **event: object) -> None:
    print(json.dumps(event), file=events, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
