"""A start of the studio without the studio: prints whether it is the first, and what it receives.

Arguments: the data folder, a panel's id or nothing, how many seconds the start takes between
the claim and the event loop, and for how many seconds it waits for an answer.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.errors import UserError
from kirara_studio.desktop.single_instance import SingleInstance, StartRequest


def say(**event: object) -> None:
    print(json.dumps(event), flush=True)


folder, panel, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
patience = float(sys.argv[4])
try:
    instance = SingleInstance(folder)
    first = instance.claim(StartRequest.of_this_process(panel), timeout=patience)
except UserError as error:
    say(refused=str(error))
    sys.exit(1)
say(first=first)
if not first:
    sys.exit(0)
time.sleep(seconds)
application = QCoreApplication([])
instance.requested.connect(lambda request: say(**asdict(request)))
instance.listen()
say(listening=True)
sys.exit(application.exec())
