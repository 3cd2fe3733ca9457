"""The open project: its file, whether it is saved, and recent ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_speech.project import voicevox_project
from kirara_speech.project.project_file import SUFFIX, load_project, save_project
from kirara_speech.project.script import Line, Script
from kirara_speech.project.voicevox_project import VoicevoxProject, load_voicevox
from kirara_speech.voice_library import VoiceLibrary
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.reading import reading
from kirara_studio.api.widgets import Document

translate = QCoreApplication.translate

VOICEVOX = ".vvproj"
PROJECTS = (SUFFIX, VOICEVOX)
"""The suffixes of projects."""

_FIRST = ("こんにちは。", "きららスタジオへようこそ。", "文字を打つと、声になります。")
_RECENT = 8


class OpenProject(QObject):
    """The file of a document. Unsaved lines are kept in the panel's state.

    :attr:`opened` is emitted before another project is shown, :attr:`saved` with its path.
    """

    opened = Signal()
    saved = Signal(Path)

    def __init__(
        self,
        context: PanelContext,
        document: Document[Script],
        voices: VoiceLibrary,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._document, self._voices = context, document, voices
        self.path: Path | None = None
        self.name = ""
        """The title of a project without a file, for example of one that VOICEVOX saved."""
        self._saved: tuple[Line, ...] = ()

    @property
    def title(self) -> str:
        return self.path.stem if self.path else self.name or translate("speech", "Untitled")

    @property
    def unsaved(self) -> bool:
        lines = self._document.settled_value.lines
        if self.path is None and all(line.empty for line in lines):
            return False
        return lines != self._saved

    @property
    def recent(self) -> list[Path]:
        """Projects that were open and still exist, the newest first."""
        known = self._context.state.get("recent", [])
        names = known if isinstance(known, list) else []
        return [Path(name) for name in names if isinstance(name, str) and is_file(name)]

    def new(self) -> None:
        """Start an empty project with the voice of the line in front."""
        line = Line(voice=self._document.settled_value.line.voice)
        self._open(Script((line,), line.key), None, "")

    def load(self, path: Path) -> Script | VoicevoxProject | None:
        """Read a project, ours or VOICEVOX's, without showing it; None if that fails."""
        try:
            if path.suffix.lower() == VOICEVOX:
                return load_voicevox(path, self._voices.styles)
            return load_project(path)
        except UserError as error:
            self._context.show_error(error)
            return None

    def show(self, project: Script | VoicevoxProject, path: Path) -> None:
        """Show what :meth:`load` read from ``path``."""
        if isinstance(project, Script):
            self._open(project, path, "")
            self._remember(path)
            return
        self._open(project.script, None, path.stem)
        self._report(project, path)

    def _report(self, project: VoicevoxProject, path: Path) -> None:
        lines = project.script.lines
        missing = sum(self._voices.find(line.voice) is None for line in lines)
        if missing:
            self._context.show_error(
                UserError(
                    "The voices of {missing} of {lines} lines are not here. The lines keep them.",
                    advice="Start VOICEVOX, or the program they belong to, or choose voices (F3).",
                    missing=missing,
                    lines=len(lines),
                )
            )
        if project.unused:
            self._context.show_error(
                UserError(
                    "Not everything in “{file}” is used here: {unused}.",
                    advice="It is kept, and saved with the project.",
                    file=path.name,
                    unused=_unused_words(project),
                )
            )

    def save(self, path: Path) -> bool:
        """Save the project as ``path``, plus the suffix; True if it was saved."""
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        script = self._document.settled_value
        try:
            save_project(path, script)
        except UserError as error:
            self._context.show_error(error)
            return False
        self.path, self._saved = path, script.lines
        self._remember(path)
        self.saved.emit(path)
        return True

    def to_dict(self) -> dict[str, Any]:
        return {
            "script": self._document.settled_value.to_dict(),
            "path": str(self.path or ""),
            "name": self.name,
            "saved": not self.unsaved,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Show the project of :meth:`to_dict`'s values; never raises."""
        path, name, values = state.get("path"), state.get("name"), state.get("script")
        script = Script(tuple(Line(text) for text in _FIRST)).at(0)
        if isinstance(values, dict):
            try:
                with reading("state"):
                    script = Script.from_dict(values)
            except UserError:
                path = ""  # of another version; the project's own file does not change
        self.path = Path(path) if isinstance(path, str) and path else None
        self.name = name if isinstance(name, str) else ""
        saved = state.get("saved") is True or not isinstance(values, dict)
        self._saved = script.lines if saved else ()
        self._document.replace(script)

    def _open(self, script: Script, path: Path | None, name: str) -> None:
        self.opened.emit()
        self._document.undo_stack.clear()
        self.path, self.name = path, name
        self._saved = script.lines if path is not None else ()
        self._document.replace(script)

    def _remember(self, path: Path) -> None:
        names = [str(path), *(str(known) for known in self.recent if known != path)]
        self._context.state["recent"] = names[:_RECENT]


def _unused_words(project: VoicevoxProject) -> str:
    words = {
        voicevox_project.LINES: translate("speech", "damaged lines ({0})"),
        voicevox_project.READINGS: translate("speech", "damaged readings ({0})"),
        voicevox_project.MORPHING: translate("speech", "morphing ({0})"),
        voicevox_project.PRESETS: translate("speech", "presets ({0})"),
        voicevox_project.SONGS: translate("speech", "songs ({0})"),
        voicevox_project.OTHER: translate("speech", "unknown values ({0})"),
    }
    parts = (words[kind].format(number) for kind, number in project.unused.items())
    return translate("speech", ", ").join(parts)
