"""Presets: a voice and how it speaks, under a number, as VOICEVOX's programs keep them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kirara_speech.serving.checking import Refusal, field, number, text, whole
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_json import KeptJson, Parts, json_text

Json = dict[str, Any]

FILE = "voicevox-presets.json"
"""The presets, in the plugin's folder for data."""

_SCALES = {
    "speedScale": 1.0,
    "pitchScale": 0.0,
    "intonationScale": 1.0,
    "volumeScale": 1.0,
    "prePhonemeLength": 0.1,
    "postPhonemeLength": 0.1,
    "pauseLengthScale": 1.0,
}
_MOST = 1_000


class Presets:
    """The presets in ``folder / FILE``; ``report`` receives the problem with a damaged file. Safe
    to use from several threads."""

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        self._lock = threading.RLock()
        self._file: KeptJson[list[Json]] = KeptJson(
            folder / FILE, _decode, json_text, list, report=report, lock=lambda: self._lock
        )

    def all(self) -> list[Json]:
        """The presets, in the order in which they were added."""
        with self._lock:
            return self._file.read()

    def add(self, values: Any) -> int:
        """Add one; its number is another where the wished one is taken. Returns the number."""
        preset = read_preset(values)

        def added(presets: list[Json]) -> list[Json]:
            if len(presets) >= _MOST:
                raise Refusal(422, "プリセットが多すぎます")
            taken = {known["id"] for known in presets}
            if preset["id"] < 0 or preset["id"] in taken:
                preset["id"] = max(taken, default=0) + 1
            return [*presets, preset]

        self._change(added)
        return int(preset["id"])

    def update(self, values: Any) -> int:
        """Replace the one of the same number. Returns the number."""
        preset = read_preset(values)

        def updated(presets: list[Json]) -> list[Json]:
            if all(known["id"] != preset["id"] for known in presets):
                raise Refusal(422, "更新先のプリセットが存在しません")
            return [preset if p["id"] == preset["id"] else p for p in presets]

        self._change(updated)
        return int(preset["id"])

    def delete(self, preset_id: int) -> None:
        """Remove one."""

        def kept(presets: list[Json]) -> list[Json]:
            others = [known for known in presets if known["id"] != preset_id]
            if len(others) == len(presets):
                raise Refusal(422, "削除対象のプリセットが存在しません")
            return others

        self._change(kept)

    def get(self, preset_id: int) -> Json:
        """The one of a number."""
        for preset in self.all():
            if preset["id"] == preset_id:
                return preset
        raise Refusal(422, "該当するプリセットIDが見つかりません")

    def _change(self, change: Callable[[list[Json]], list[Json]]) -> None:
        try:
            self._file.change(change)
        except UserError as error:
            message = f"プリセットの設定ファイル（{FILE}）を保存できませんでした"
            raise Refusal(500, message) from error


def _decode(values: Any, parts: Parts) -> list[Json]:
    return parts.items(values, read_preset)


def read_preset(values: Any) -> Json:
    """Check a preset. Raises :class:`Refusal`."""
    where = ("body",)
    return {
        "id": whole(values, "id", where),
        "name": text(values, "name", where),
        "speaker_uuid": text(values, "speaker_uuid", where),
        "style_id": whole(values, "style_id", where),
        **{name: number(values, name, where, default) for name, default in _SCALES.items()},
        "pauseLength": None
        if field(values, "pauseLength", where, None) is None
        else number(values, "pauseLength", where),
    }
