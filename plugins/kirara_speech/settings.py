"""The plugin's page of the settings."""

from __future__ import annotations

from kirara_studio.api.errors import UserError
from kirara_studio.api.settings import Number, Settings, SettingsPage, Text, Toggle
from kirara_studio.api.text import QT_TRANSLATE_NOOP

SERVE, SERVE_PORT, SERVE_ANY = "serve", "serve_port", "serve_any_speaker"
"""The keys of the server's settings."""

PAGE = SettingsPage(
    id="speech",
    title=QT_TRANSLATE_NOOP("speech", "Speech"),
    context="speech",
    fields=(
        Text(
            "engine_address",
            QT_TRANSLATE_NOOP("speech", "Address of a voice engine"),
            placeholder="http://127.0.0.1:50021",
            help=QT_TRANSLATE_NOOP(
                "speech",
                "VOICEVOX, SHAREVOX, COEIROINK and AivisSpeech are found automatically on this "
                "computer. Fill this in for an engine on another one.",
            ),
        ),
        Toggle(
            SERVE,
            QT_TRANSLATE_NOOP("speech", "Serve programs written for VOICEVOX"),
            help=QT_TRANSLATE_NOOP(
                "speech", "They speak with the studio's voices while the studio runs."
            ),
        ),
        Number(
            SERVE_PORT,
            QT_TRANSLATE_NOOP("speech", "Port"),
            default=50021,
            minimum=1024,
            maximum=65535,
            help=QT_TRANSLATE_NOOP("speech", "VOICEVOX's own is 50021."),
        ),
        Toggle(
            SERVE_ANY,
            QT_TRANSLATE_NOOP("speech", "Accept any speaker number"),
            help=QT_TRANSLATE_NOOP(
                "speech", "For programs with a fixed number: the first voice speaks."
            ),
        ),
    ),
)


def engine_addresses(settings: Settings) -> tuple[str, ...]:
    """The engines' addresses in the settings; none if it is not an address."""
    from kirara_speech.engines.engine_http import normal_address

    try:
        given = settings["engine_address"].strip()
        return (normal_address(given),) if given else ()
    except UserError:
        return ()
