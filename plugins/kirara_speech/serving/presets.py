"""Presets: a voice and how it speaks, under a number, as VOICEVOX's programs keep them."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from kirara_speech.serving.checking import Refusal, field, number, text, whole
from kirara_studio.api.files import write_atomically

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
    """The presets in ``folder / FILE``. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()

    def all(self) -> list[Json]:
        """The presets, in the order in which they were added."""
        with self._lock:
            return self._read()

    def add(self, values: Any) -> int:
        """Add one; its number is another where the wished one is taken. Returns the number."""
        preset = read_preset(values)
        with self._lock:
            presets = self._read()
            if len(presets) >= _MOST:
                raise Refusal(422, "プリセットが多すぎます")
            taken = {known["id"] for known in presets}
            if preset["id"] < 0 or preset["id"] in taken:
                preset["id"] = max(taken, default=0) + 1
            self._write([*presets, preset])
        return int(preset["id"])

    def update(self, values: Any) -> int:
        """Replace the one of the same number. Returns the number."""
        preset = read_preset(values)
        with self._lock:
            presets = self._read()
            if all(known["id"] != preset["id"] for known in presets):
                raise Refusal(422, "更新先のプリセットが存在しません")
            self._write([preset if p["id"] == preset["id"] else p for p in presets])
        return int(preset["id"])

    def delete(self, preset_id: int) -> None:
        """Remove one."""
        with self._lock:
            presets = self._read()
            kept = [known for known in presets if known["id"] != preset_id]
            if len(kept) == len(presets):
                raise Refusal(422, "削除対象のプリセットが存在しません")
            self._write(kept)

    def get(self, preset_id: int) -> Json:
        """The one of a number."""
        for preset in self.all():
            if preset["id"] == preset_id:
                return preset
        raise Refusal(422, "該当するプリセットIDが見つかりません")

    def _read(self) -> list[Json]:
        try:
            return [read_preset(values) for values in json.loads(self._path.read_text("utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, RecursionError, Refusal) as error:
            raise Refusal(
                500, f"プリセットの設定ファイル（{self._path.name}）を読み込めませんでした"
            ) from error

    def _write(self, presets: list[Json]) -> None:
        write_atomically(self._path, json.dumps(presets, ensure_ascii=False, indent=1) + "\n")


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
