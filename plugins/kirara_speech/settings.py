"""The plugin's page of the settings."""

from __future__ import annotations

from kirara_studio.api.errors import UserError
from kirara_studio.api.settings import Settings, SettingsPage, Text
from kirara_studio.api.text import QT_TRANSLATE_NOOP

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
