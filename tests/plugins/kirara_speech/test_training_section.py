"""Training a voice in the window, from a folder to a voice that speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QUndoStack
from PySide6.QtTest import QTest

from kirara_speech.learning.recording_report import Finding, Report
from kirara_speech.learning.voice_plan import VoicePlan, plan_for
from kirara_speech.networks.config import SSRN, TEXT2MEL
from kirara_speech.speaking.voices import available_voices, describe, find_voice
from kirara_speech.training_session import TRAINER, TrainingSession
from kirara_speech.view.report_view import Names, ReportView
from kirara_speech.view.training_section import TrainingSection
from kirara_speech.voice_library import VoiceLibrary
from kirara_studio.api.errors import UserError
from kirara_studio.engine.run_folder import RunFolder
from kirara_studio.engine.training import TrainingService
from tests.plugins.panel_studio import LEFT
from tests.plugins.panel_studio import wait_for as wait_briefly

from .panel_studio import Context
from .test_commands import save_voice
from .voices import SMALL_SSRN, SMALL_TEXT2MEL, make_recordings

pytestmark = pytest.mark.timeout(900)


def wait_for(condition: Callable[[], object]) -> None:
    # Training has the lowest priority there is, and other programs may want the processor.
    wait_briefly(condition, 280)


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_recordings(tmp_path_factory.mktemp("speech") / "My voice")
    soundfile.write(folder / "wavs" / "s07.wav", np.zeros(22_050), 22_050)
    return folder


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Networks and runs of the size of a test."""
    values: dict[str, Any] = {"steps": 3, "batch": 4, "held_out": 2}

    def fitted(sentences: int, trained: int | None = None) -> dict[str, Any]:
        return {**values, "steps": values["steps"] + (trained or 0)}

    monkeypatch.setattr("kirara_speech.learning.voice_plan.OUR_TEXT2MEL", SMALL_TEXT2MEL)
    monkeypatch.setattr("kirara_speech.learning.voice_plan.OUR_SSRN", SMALL_SSRN)
    monkeypatch.setattr("kirara_speech.learning.voice_plan.fitted", fitted)
    return values


def go_on_from(section: TrainingSection, place: int) -> None:
    """Choose from the menu: nothing, then the voices that there are."""
    section.form.from_menu.actions()[place].trigger()


def section_of(context: Context) -> TrainingSection:
    task = TrainingSession(context)  # type: ignore[arg-type]
    return TrainingSection(task, VoiceLibrary(context), QUndoStack(task))  # type: ignore[arg-type]


@pytest.fixture
def section(context: Context) -> Iterator[TrainingSection]:
    context.training = TrainingService()  # type: ignore[assignment]
    section = section_of(context)
    section.resize(1000, 680)
    section.show()
    assert QTest.qWaitForWindowExposed(section)
    go_on_from(section, 0)  # anew: the bundled voice would be offered
    yield section
    if section.task.running and section.task.run is not None:
        section.task.run.stop()
        wait_for(lambda: not section.task.running)
    context.jobs.stop()
    section.close()
    section.deleteLater()
    QTest.qWait(1)


def state_of(section: TrainingSection) -> str:
    return "" if section.task.run is None else section.task.run.state


def choose(section: TrainingSection, folder: Path) -> None:
    section.choose_folder(folder)
    wait_for(lambda: section.task.report is not None)


def start(section: TrainingSection, folder: Path) -> None:
    choose(section, folder)
    QTest.mouseClick(section.start_button, LEFT)
    wait_for(lambda: state_of(section) not in ("", "starting"))


def test_from_a_folder_to_a_voice(
    section: TrainingSection, context: Context, recordings: Path, small: dict[str, Any]
) -> None:
    made: list[str] = []
    section.task.voice_made.connect(made.append)
    assert not section.make_button.isEnabled() and not section.progress.pause_button.isEnabled()
    choose(section, recordings)
    texts = section.form.report.texts()
    assert texts[0] == "29 of 30 recordings can be used, 0.3 minutes of speech"
    assert "silent from end to end (skipped)" in texts and "s07" in texts
    assert section.name.text() == "My voice"

    QTest.mouseClick(section.start_button, LEFT)
    wait_for(lambda: state_of(section) == "finished")
    wait_for(lambda: section.progress.status.text() == "Finished")
    wait_for(lambda: section.progress.detail.text().startswith("SSRN: step 3 of 3"))
    for place in range(2):  # the attention of the one network, the spectrogram of the other
        section.progress.which.set_current(place)
        section.progress.which.chosen.emit(place)
        assert not section.progress.preview.image.isNull()
    assert section.progress.listen.isEnabled()

    section.name.setText("桜 1号")
    QTest.mouseClick(section.make_button, LEFT)
    wait_for(lambda: made)
    assert made == ["桜-1号"]
    voice = find_voice("桜-1号", context.data_folder)
    assert voice.text2mel is not None and voice.ssrn is not None and voice.card is not None
    assert (voice.card.name, voice.card.training_data) == ("桜 1号", "My voice")
    # It is offered to go on from at once, and its name is taken.
    assert any("桜 1号" in action.text() for action in section.form.from_menu.actions())
    QTest.mouseClick(section.make_button, LEFT)
    wait_for(lambda: context.errors)
    assert "already" in str(context.errors.pop())


def test_a_run_is_paused_stopped_and_found_again(
    section: TrainingSection, context: Context, recordings: Path, small: dict[str, Any]
) -> None:
    small["steps"] = 100_000
    start(section, recordings)
    wait_for(lambda: section.progress.detail.text().startswith("Text2Mel: step"))
    QTest.mouseClick(section.progress.pause_button, LEFT)
    pause = section.progress.pause_button
    wait_for(lambda: state_of(section) == "paused" and pause.text() == "Resume")
    QTest.mouseClick(section.progress.pause_button, LEFT)
    wait_for(lambda: state_of(section) == "running" and section.start_button.text() == "Stop")
    QTest.mouseClick(section.start_button, LEFT)
    wait_for(lambda: state_of(section) == "stopped")
    assert section.task.run is not None and (section.task.run.folder / "text2mel").is_dir()
    assert not (section.task.run.folder / "ssrn").exists()

    again = section_of(context)
    again.show()
    wait_for(lambda: again.progress.status.text() == "Stopped; it can be resumed")
    assert again.task.run is not None and again.task.run.folder == section.task.run.folder
    wait_for(lambda: again.progress.detail.text().startswith("Text2Mel: step"))
    assert again.progress.listen.isEnabled() and again.progress.pause_button.text() == "Resume"
    # Half a voice is a voice: muffled, but it reads.
    again.name.setText("half")
    QTest.mouseClick(again.make_button, LEFT)
    wait_for(lambda: any(v.name == "half" for v in available_voices(context.data_folder)))
    again.close()
    again.deleteLater()


class Run:
    """A run that does what the test says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = "running"
        self.stopping = self.waiting = self.interrupted = False

    def stop(self) -> None:
        self.stopping = True

    def pause(self) -> None:
        self.state = "paused"

    def resume(self) -> None:
        self.state = "running"

    def end(self, state: str) -> dict[str, Any]:
        self.state, self.stopping = state, False
        return {"event": state}


def progress(step: int, total: int, **metrics: float) -> dict[str, Any]:
    values = {name.replace("_", " "): value for name, value in metrics.items()}
    return {"event": "progress", "step": step, "total": total, "metrics": values}


def test_a_stop_is_seen_at_once(section: TrainingSection, tmp_path: Path) -> None:
    run = section.task.run = Run(tmp_path)  # type: ignore[assignment]
    assert isinstance(run, Run)
    section.task.changed.emit()
    assert section.start_button.text() == "Stop" and section.start_button.isEnabled()
    QTest.mouseClick(section.start_button, LEFT)
    assert section.start_button.text() == section.progress.status.text() == "Stopping…"
    assert not section.start_button.isEnabled() and not section.progress.pause_button.isEnabled()
    section.task.toggle_pause()
    section.start_or_stop()
    assert run.state == "running"
    section.task.take_event(run.end("stopped"))
    wait_for(lambda: section.start_button.text() == "Start training")
    assert section.progress.status.text() == "Stopped; it can be resumed"
    assert section.progress.pause_button.isEnabled()


def test_a_voice_of_an_earlier_run_gets_its_name(
    section: TrainingSection, context: Context
) -> None:
    folder = RunFolder(context.data_folder / "training" / "aya-1")
    folder.want("stop")
    folder.write_run(TRAINER, {}, "Aya")
    checkpoint = folder.path / "ssrn" / "checkpoint.safetensors"
    checkpoint.parent.mkdir()
    checkpoint.write_bytes(b"damaged")
    section.task.follow(folder.path)
    section.runs.refresh()
    section.runs.use_requested.emit()
    assert section.name.text() == "Aya"
    wait_for(lambda: bool(context.errors))


def test_recordings_are_counted_and_steps_are_steps(
    section: TrainingSection, tmp_path: Path
) -> None:
    run = section.task.run = Run(tmp_path)  # type: ignore[assignment]
    assert isinstance(run, Run)
    view = section.progress
    section.task.changed.emit()

    def told() -> tuple[str, str]:
        view.refresh()  # it follows each event, a little later
        return view.status.text(), view.detail.text()

    section.task.take_event(progress(450, 1416, recordings_read=450, network=0, networks=2))
    assert told() == ("Reading the recordings…", "Reading the recordings: 450 of 1,416")
    assert view.bar.value() == 318
    section.task.take_event({"event": "message", "text": "1413 of 1416 recordings can be used"})
    assert told() == ("Learning to speak", "") and view.bar.value() == 0
    learnt = {"attention off the diagonal": 0.1, "loss": 1.0, "network": 0.0}
    section.task.take_event({**progress(9_000, 14_984), "metrics": learnt})
    section.task.take_event(
        progress(9_824, 14_984, network=0, networks=2)
    )  # nothing was learnt since then
    assert told()[1] == "Text2Mel: step 9,824 of 14,984"
    assert [x for x, _ in section.task.curves["loss"]] == [9_000]
    section.task.take_event(run.end("stopped"))
    assert told() == ("Stopped; it can be resumed", "Text2Mel: step 9,824 of 14,984")
    run.resume()
    section.task.take_event(progress(5, 1416, recordings_read=5, network=1, networks=2))
    assert told()[1] == "Reading the recordings: 5 of 1,416"
    run.end("stopped")


def test_a_folder_can_be_dropped(section: TrainingSection, recordings: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(recordings / "metadata.csv"))])
    actions, buttons, keys = Qt.DropAction.CopyAction, LEFT, Qt.KeyboardModifier.NoModifier
    section.form.drop_zone.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    assert section.task.folder == recordings
    wait_for(lambda: section.task.report is not None)


def test_a_folder_without_recordings_is_refused(
    section: TrainingSection, context: Context, tmp_path: Path
) -> None:
    section.choose_folder(tmp_path)
    wait_for(lambda: context.errors)
    assert "no recordings with their texts" in str(context.errors.pop())
    assert section.task.folder is None
    assert section.start_button.isEnabled()  # it asks for another one


def test_nothing_is_trained_on_nothing(
    section: TrainingSection, recordings: Path, tmp_path: Path
) -> None:
    (tmp_path / "wavs").symlink_to(recordings / "wavs")
    (tmp_path / "metadata.csv").write_text("s07|アイウ。", encoding="utf-8")
    choose(section, tmp_path)
    assert "None of them can be learnt from." in section.form.report.texts()
    assert not section.start_button.isEnabled()


def test_a_run_that_fails_says_why(
    section: TrainingSection, recordings: Path, small: dict[str, Any]
) -> None:
    small["batch"] = 500
    start(section, recordings)
    wait_for(lambda: state_of(section) == "failed")
    wait_for(lambda: "too few for batches of 500" in section.progress.detail.text())


# Plans


def test_what_is_not_trained_is_taken_over(
    section: TrainingSection, context: Context, recordings: Path, small: dict[str, Any]
) -> None:
    folder = save_voice(context.data_folder / "voices" / "base")
    section.form.show_voices(available_voices(context.data_folder))
    assert section.form.start_from is None  # what was chosen stays
    go_on_from(section, -1)
    assert section.form.start_from is not None and section.form.start_from.name == "base"
    section.form.networks.set_current(1)  # Text2Mel alone
    assert section.form.kinds == (TEXT2MEL,)
    start(section, recordings)
    wait_for(lambda: state_of(section) == "finished")
    section.name.setText("mine")
    QTest.mouseClick(section.make_button, LEFT)
    wait_for(lambda: any(v.name == "mine" for v in available_voices(context.data_folder)))
    mine = find_voice("mine", context.data_folder)
    assert (
        mine.ssrn is not None and mine.ssrn.read_bytes() == (folder / mine.ssrn.name).read_bytes()
    )
    assert mine.text2mel is not None
    assert mine.text2mel.read_bytes() != (folder / mine.text2mel.name).read_bytes()


def test_a_plan_fits_the_voice_that_it_goes_on_from(tmp_path: Path) -> None:
    anew = plan_for(tmp_path, 1000, (TEXT2MEL, SSRN))
    assert [request.config.kind for request in anew.requests] == [TEXT2MEL, SSRN]
    assert [request.start for request in anew.requests] == ["", ""]
    assert anew.others == {}
    voice = describe(save_voice(tmp_path / "voice"))
    plan = plan_for(tmp_path, 100, (SSRN,), voice)
    assert plan.requests[0].start == str(voice.ssrn)
    assert plan.requests[0].config == SMALL_SSRN
    assert plan.requests[0].learning_rate < anew.requests[1].learning_rate
    assert plan.others == {TEXT2MEL: str(voice.text2mel)}
    assert VoicePlan.from_dict(plan.to_dict()) == plan
    alone = describe(save_voice(tmp_path / "alone", ssrn=False))
    assert [r.start for r in plan_for(tmp_path, 100, (TEXT2MEL, SSRN), alone).requests] == [
        str(alone.text2mel),
        "",
    ]
    with pytest.raises(ValueError, match="at least one"):
        VoicePlan.from_dict({"requests": [], "others": {}})


def test_a_plan_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    from kirara_speech.learning.voice_training import train_voice

    with pytest.raises(UserError, match="cannot start"):
        train_voice({"requests": [{"folder": "x", "steps": 0}], "others": {}}, tmp_path, None)  # type: ignore[arg-type]


def test_a_report_is_a_list_that_one_can_read(section: TrainingSection) -> None:
    view = ReportView()
    findings = [Finding(f"a{number}", "clipped", "cut flat", number) for number in range(5)]
    findings.append(Finding("b", "text", "its text has nothing to say"))
    view.show_report(Report(6, 5, 600.0, tuple(findings)))
    assert view.texts() == [
        "5 of 6 recordings can be used, 10.0 minutes of speech",
        "Skipped recordings are not learnt from; the others are.",
        "1",
        "texts that cannot be read (skipped)",
        "b",
        "5",
        "clipped: recorded too loudly",
        "a4, a3, a2 and 2 more",
    ]
    heard: list[str] = []
    view.listen_wanted.connect(heard.append)
    names = view.findChildren(Names)[-1]
    names.linkActivated.emit("more")
    assert view.texts()[-1] == "a4, a3, a2, a1, a0"
    names.linkActivated.emit("4")
    assert heard == ["a0"]
    view.show_report(None)
    assert not view.isVisible() and view.texts() == []


def test_a_recording_of_the_report_can_be_heard(
    section: TrainingSection, context: Context, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[Any] = []
    monkeypatch.setattr(section.progress.player, "start", lambda device=None: None)
    monkeypatch.setattr(section.progress.player, "push", played.append)
    section.task.folder = recordings
    section.form.report.listen_wanted.emit("s01")
    wait_for(lambda: played)
    sound, _ = soundfile.read(recordings / "wavs" / "s01.wav", dtype="float32")
    assert np.array_equal(played[0], sound)
    section.form.report.listen_wanted.emit("gone")
    wait_for(lambda: context.errors)
    assert "“gone” does not exist" in str(context.errors.pop())


def test_nothing_is_promised_before_a_training_goes_on(
    section: TrainingSection, tmp_path: Path
) -> None:
    assert section.progress.curve.empty_text == "The progress of a training is drawn here."
    run = section.task.run = Run(tmp_path)  # type: ignore[assignment]
    assert isinstance(run, Run)
    section.task.changed.emit()
    assert section.progress.curve.empty_text == "The curves appear after a few seconds."
    section.task.take_event(run.end("stopped"))
    wait_for(lambda: "drawn here" in section.progress.curve.empty_text)


def test_the_trainer_is_there_by_its_name() -> None:
    from kirara_studio.engine.training_child import find_trainer

    assert find_trainer(TRAINER).__name__ == "train_voice"
