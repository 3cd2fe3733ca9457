"""Opens the real window on failing plugins and tells in JSON lines what the user sees."""

from __future__ import annotations

import json
import sys

from kirara_studio.app import make_application
from kirara_studio.desktop.single_instance import StartRequest
from kirara_studio.engine import queue
from kirara_studio.host.folders import Folders
from kirara_studio.studio import Studio
from kirara_studio.ui.banner import BannerArea
from kirara_studio.ui.tour import run_until

queue.PATIENCE_MS = 300


def say(**event: object) -> None:
    print(json.dumps(event), flush=True)


def texts(area: BannerArea) -> list[str]:
    return [f"{banner.message} {banner.advice} {banner.details}" for banner in area.banners]


application = make_application()
studio = Studio(application, Folders.default())
studio.start(StartRequest())
window = studio.window
run_until(lambda: len(studio.window.banners.banners) >= 2, 10)
say(at="start", banners=texts(window.banners), title=window.windowTitle())
say(plugins={info.name: [info.state, info.reason] for info in studio.registry.plugins})

for panel in ("faulty.new", "faulty.odd"):
    window.open_panel(panel)
    host = window.host(panel)
    run_until(lambda host=host: host.fault is not None, 10)
    assert host.fault is not None
    say(at=panel, message=host.fault.message, plugin=host.fault.plugin)

window.open_panel("faulty")
host = window.host("faulty")
run_until(lambda: host.widget is not None, 10)
host.widget.primary.click()  # type: ignore[union-attr]
run_until(lambda: host.banners.banners, 10)
say(at="slot", banners=texts(host.banners))

for name in ("raise", "odd", "exit"):
    host.banners.clear()
    host.widget.submit(name)  # type: ignore[union-attr]
    run_until(lambda: host.banners.banners, 60)
    say(at=name, banners=texts(host.banners))

host.widget.submit("hang")  # type: ignore[union-attr]
run_until(lambda: window.job_bar.row.isVisible(), 60)
said = window.job_bar.row.text
window.job_bar.row.stop_button.click()
host.widget.work()  # type: ignore[union-attr]
run_until(lambda: "did not stop" in window.job_bar.message, 60)
message = window.job_bar.message  # it goes away after some seconds
run_until(lambda: host.widget.answer, 60)  # type: ignore[union-attr]
say(at="hang", bar=said, message=message, answer=host.widget.answer)  # type: ignore[union-attr]

window.open_panel("characters")
run_until(lambda: window.host("characters").widget is not None, 30)
say(at="end", title=window.windowTitle())
studio.shutdown()
sys.exit(0)
