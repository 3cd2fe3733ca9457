"""VOICEVOX's presets: voices with their prosody, under numbers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import HTTPException

from kirara_speech.serving.models import Preset
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import KeptFile, Parts, json_text

_FILE = "voicevox-presets.json"  # in the plugin's folder for data
_MOST = 1_000


class PresetStore:
    """The presets of a data folder. Safe to use from several threads.

    ``report`` receives the problem with a damaged file.
    """

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        self._lock = threading.RLock()
        self._file: KeptFile[list[Preset]] = KeptFile(
            folder / _FILE, _decode, _encode, list, report=report, lock=lambda: self._lock
        )

    def all(self) -> list[Preset]:
        """The presets, in the order in which they were added."""
        with self._lock:
            return self._file.read()

    def add(self, preset: Preset) -> int:
        """Add a preset, under another number if its own is taken. Returns the number."""
        with self._changing() as presets:
            if len(presets) >= _MOST:
                raise HTTPException(422, "プリセットが多すぎます")
            taken = {known.id for known in presets}
            if preset.id < 0 or preset.id in taken:
                preset.id = max(taken, default=0) + 1
            presets.append(preset)
        return preset.id

    def update(self, preset: Preset) -> int:
        """Replace the preset of the same number. Returns the number."""
        with self._changing() as presets:
            numbers = [known.id for known in presets]
            if preset.id not in numbers:
                raise HTTPException(422, "更新先のプリセットが存在しません")
            presets[numbers.index(preset.id)] = preset
        return preset.id

    def delete(self, id: int) -> None:
        """Remove a preset."""
        with self._changing() as presets:
            numbers = [known.id for known in presets]
            if id not in numbers:
                raise HTTPException(422, "削除対象のプリセットが存在しません")
            del presets[numbers.index(id)]

    def get(self, preset_id: int) -> Preset:
        """The preset of a number."""
        for preset in self.all():
            if preset.id == preset_id:
                return preset
        raise HTTPException(422, "該当するプリセットIDが見つかりません")

    @contextmanager
    def _changing(self) -> Iterator[list[Preset]]:
        with self._lock:
            presets = self._file.read()
            yield presets
            try:
                self._file.write(presets)
            except UserError as error:
                message = f"プリセットの設定ファイル（{_FILE}）を保存できませんでした"
                raise HTTPException(500, message) from error


def _decode(values: Any, parts: Parts) -> list[Preset]:
    return parts.items(values, Preset.model_validate)


def _encode(presets: list[Preset]) -> str:
    return json_text([preset.model_dump() for preset in presets])
