"""Speech: type, and the character speaks. Hook implementations only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_speech.settings import PAGE, SERVE
from kirara_studio.api.commands import Command
from kirara_studio.api.hooks import Action, Studio, hookimpl
from kirara_studio.api.panel import ModelFormat, Panel
from kirara_studio.api.settings import SettingsPage
from kirara_studio.api.text import QT_TRANSLATE_NOOP


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    """The panel."""
    return [
        Panel(
            id="speech",
            title=QT_TRANSLATE_NOOP("speech", "Speech"),
            subtitle=QT_TRANSLATE_NOOP("speech", "Type, and listen"),
            icon="speech",
            widget="kirara_speech.panel:SpeechPanel",
            tour="kirara_speech.tour:run",
            order=20,
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    """The command ``speech``."""
    verbs = "kirara_speech.commands.verbs:configure"
    return [Command("speech", "say a text, train and import voices", verbs)]


@hookimpl
def kirara_actions() -> Sequence[Action]:
    """The panel's commands in the palette."""
    return [
        Action(f"speech.{name}", title, f"kirara_speech.actions:{name}", context="speech")
        for name, title in (
            ("play", QT_TRANSLATE_NOOP("speech", "Play the line")),
            ("play_onwards", QT_TRANSLATE_NOOP("speech", "Play from this line on")),
            ("save_sound", QT_TRANSLATE_NOOP("speech", "Save lines as sound…")),
            ("dictionary", QT_TRANSLATE_NOOP("speech", "Dictionary…")),
            ("new_project", QT_TRANSLATE_NOOP("speech", "New project")),
            ("open_project", QT_TRANSLATE_NOOP("speech", "Open a project, a text or a sound…")),
            ("save_project", QT_TRANSLATE_NOOP("speech", "Save the project")),
            ("import_voice", QT_TRANSLATE_NOOP("speech", "Import a voice…")),
            ("train", QT_TRANSLATE_NOOP("speech", "Train a voice")),
        )
    ]


@hookimpl
def kirara_settings() -> Sequence[SettingsPage]:
    """The page of the settings."""
    return [PAGE]


@hookimpl
def kirara_model_formats() -> Sequence[ModelFormat]:
    """The blog author's archives, and voices that were shared."""
    return [
        ModelFormat(
            id="shared-voice",
            title=QT_TRANSLATE_NOOP("speech", "A shared voice"),
            suffixes=(".zip",),
            recognise="kirara_speech.speaking.voice_import:recognise",
        ),
        ModelFormat(
            id="chainer-dc-tts",
            title=QT_TRANSLATE_NOOP("speech", "Text2Mel or SSRN of the blog (chainer)"),
            suffixes=(".npz",),
            recognise="kirara_speech.networks.author_format:recognise",
            architectures=("dc-tts-text2mel", "dc-tts-ssrn"),
        ),
    ]


@hookimpl
def kirara_startup(studio: Studio) -> None:
    """Start the server, if it is switched on."""
    settings = studio.settings(PAGE)
    if settings[SERVE]:
        from kirara_speech.speech_server import studio_server

        studio_server(settings).restart()


@hookimpl
def kirara_shutdown() -> None:
    """End the server."""
    from kirara_speech.speech_server import end_server

    end_server()


@hookimpl
def kirara_translations() -> Sequence[Path]:
    """The folder of translations."""
    return [Path(__file__).parent / "translations"]
