"""Plugins are installed by real processes, from a real index on loopback."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.host.installation.installer import Installer
from kirara_studio.host.installation.values import (
    ACTIVATE,
    BuildQuestion,
    InstallQuestion,
    Update,
)
from kirara_studio.host.switches import PluginSwitches
from tests.host.installation.conftest import Lab
from tests.host.plugin_maker import Made, install

NUMPY = importlib.metadata.version("numpy")
TORCH = importlib.metadata.version("torch")


def environment_files() -> dict[str, int]:
    """The folders of metadata beside the studio, with the times at which they changed."""
    place = Path(str(importlib.metadata.distribution("numpy").locate_file("")))
    return {path.name: path.stat().st_mtime_ns for path in place.glob("*.dist-info")}


def test_a_plugin_is_installed_by_name_with_what_it_needs(each_lab: Lab, tmp_path: Path) -> None:
    lab = each_lab
    trace = tmp_path / "ran"
    code = f"Path({str(trace)!r}).touch()"
    Made("hello", code=code, requires=("helper>=1", "numpy", "torch>=2", "requests[socks]")).wheel(
        lab.index.folder
    )
    Made("helper", "1.5", points=()).wheel(lab.index.folder)
    Made("pysocks", "1.7.1", points=()).wheel(lab.index.folder)
    before = environment_files()
    outcome = lab.install("hello")
    assert outcome is not None and outcome.plugins == ("hello",)
    (question,) = lab.questions
    assert isinstance(question, InstallQuestion)
    assert (question.name, question.version, question.author) == ("hello", "1.0", "Hana")
    assert (question.licence, question.entry_points) == ("MIT", ("hello = made_hello",))
    assert {one.name for one in question.others} == {"helper", "pysocks"}
    assert question.size > question.package.size > 300
    assert lab.versions() == {"hello": "1.0", "helper": "1.5", "pysocks": "1.7.1"}
    assert lab.plugins()["hello"].version == "1.0"
    assert not trace.exists(), "nothing of it ran"
    assert environment_files() == before
    assert set(lab.index.asked) <= {"hello", "helper", "pysocks"}, "only what the studio lacks"
    assert lab.left() == []
    assert lab.steps[-1].step == ACTIVATE


def test_what_the_studio_runs_on_is_never_changed(each_lab: Lab) -> None:
    Made("old-fashioned", requires=("numpy<2",)).wheel(each_lab.index.folder)
    Made("numpy", "1.26.4", points=()).wheel(each_lab.index.folder)
    before = environment_files()
    with pytest.raises(UserError) as refused:
        each_lab.install("old-fashioned")
    # uv does not say which version, if there is only one.
    assert refused.value.message.replace(" 1.0", "") == (
        f"old-fashioned needs numpy<2, but the studio runs on numpy {NUMPY}."
    )
    assert environment_files() == before
    assert each_lab.versions() == {} and each_lab.questions == [] and each_lab.left() == []


def test_a_conflict_further_down_is_explained_too(lab: Lab) -> None:
    Made("hello", requires=("helper",)).wheel(lab.index.folder)
    Made("helper", "2.0", points=(), requires=("torch<2",)).wheel(lab.index.folder)
    with pytest.raises(UserError, match=r"helper( 2.0)? needs torch<2, but the studio"):
        lab.install("hello")


def test_an_older_version_that_fits_is_found(lab: Lab) -> None:
    Made("hello", "2.0", requires=("numpy<2",)).wheel(lab.index.folder)
    Made("hello", "1.0", requires=(f"torch=={TORCH.partition('+')[0]}",)).wheel(lab.index.folder)
    lab.install("hello")
    assert lab.versions() == {"hello": "1.0"}


def test_a_plugin_for_a_newer_studio_is_refused(lab: Lab) -> None:
    Made("hello", requires=("kirara-studio>=99",)).wheel(lab.index.folder)
    with pytest.raises(UserError, match=r"hello( 1.0)? needs Kirara Studio >=99, but this is"):
        lab.install("hello")


def test_a_plugin_for_a_newer_interface_is_refused(lab: Lab) -> None:
    code = """
    @hookimpl
    def kirara_panels():
        return [Panel(id="h", title="H", icon="x", widget="made_hello:W", api=">=99")]
    """
    with pytest.raises(UserError, match="needs version >=99 of the plugin interface"):
        lab.install(Made("hello", code=code).wheel(lab.index.folder))


def test_an_unknown_name_is_reported(each_lab: Lab) -> None:
    with pytest.raises(UserError, match="There is no package “helo” on the index"):
        each_lab.install("helo")


def test_an_unknown_version_is_reported(lab: Lab) -> None:
    Made("hello").wheel(lab.index.folder)
    with pytest.raises(UserError, match="There is no version of “hello” that fits"):
        lab.install("hello==7")


def test_without_a_network_a_sentence_says_so(each_lab: Lab) -> None:
    each_lab.index.stop()
    with pytest.raises(UserError, match="The package index cannot be reached"):
        each_lab.install("hello")


def test_without_a_network_a_wheel_that_needs_nothing_more_is_installed(lab: Lab) -> None:
    wheel = Made("hello", requires=("numpy", "kirara-studio")).wheel(lab.index.folder)
    lab.index.stop()
    lab.install(wheel)
    assert lab.versions() == {"hello": "1.0"}


def test_an_update_replaces_and_what_nobody_needs_any_more_goes(each_lab: Lab) -> None:
    lab = each_lab
    Made("hello", requires=("helper",)).wheel(lab.index.folder)
    Made("helper", points=()).wheel(lab.index.folder)
    lab.install("hello")
    assert lab.installer.updates() == []
    Made("hello", "1.1", files={"made_hello/more.py": b""}).wheel(lab.index.folder)
    assert lab.installer.updates() == [Update("hello", ("hello",), "1.0", "1.1")]
    outcome = lab.installer.update("hello", lab.ask)
    assert outcome is not None
    assert [(one.name, one.old, one.new) for one in outcome.packages] == [
        ("hello", "1.0", "1.1"),
        ("helper", "1.0", ""),
    ]
    assert lab.versions() == {"hello": "1.1"}


def test_of_two_versions_the_later_one_that_is_installed_stays(lab: Lab) -> None:
    old, new = (Made("hello", version).wheel(lab.index.folder) for version in ("1.0", "2.0"))
    lab.install(new)
    lab.install(old)
    assert lab.versions() == {"hello": "1.0"}
    question = lab.questions[-1]
    assert isinstance(question, InstallQuestion)
    assert (question.package.old, question.package.new) == ("2.0", "1.0")


def test_two_plugins_that_want_different_versions_of_a_third(lab: Lab) -> None:
    for version in ("1.0", "2.0"):
        Made("helper", version, points=()).wheel(lab.index.folder)
    lab.install(Made("hello", requires=("helper<2",)).wheel(lab.index.folder))
    with pytest.raises(UserError, match=r"needs helper(>=2|<2), but \w+ 1.0 needs helper(>=2|<2)"):
        lab.install(Made("howdy", requires=("helper>=2",)).wheel(lab.index.folder))
    assert lab.versions() == {"hello": "1.0", "helper": "1.0"}
    lab.install(Made("hullo", requires=("helper",)).wheel(lab.index.folder))
    assert lab.versions()["helper"] == "1.0", "what suits both stays"


def test_another_version_of_what_two_share_is_chosen_if_it_suits_both(lab: Lab) -> None:
    Made("helper", "1.0", points=()).wheel(lab.index.folder)
    lab.install(Made("hello", requires=("helper",)).wheel(lab.index.folder))
    Made("helper", "2.0", points=()).wheel(lab.index.folder)
    lab.install(Made("howdy", requires=("helper>=2",)).wheel(lab.index.folder))
    assert lab.versions() == {"hello": "1.0", "howdy": "1.0", "helper": "2.0"}


def test_a_removed_plugin_takes_along_what_only_it_needed(lab: Lab) -> None:
    for name in ("only", "shared"):
        Made(name, points=()).wheel(lab.index.folder)
    lab.install(Made("hello", requires=("only", "shared")).wheel(lab.index.folder))
    lab.install(Made("howdy", requires=("shared",)).wheel(lab.index.folder))
    data = lab.folders.of_plugin("hello")
    data.mkdir(parents=True)
    outcome = lab.installer.remove("hello")
    assert {(one.name, one.old, one.new) for one in outcome.packages} == {
        ("hello", "1.0", ""),
        ("only", "1.0", ""),
    }
    assert lab.versions() == {"howdy": "1.0", "shared": "1.0"} and data.exists()
    data = lab.folders.of_plugin("howdy")
    data.mkdir(parents=True)
    lab.installer.remove("howdy", data=True)
    assert lab.versions() == {} and not data.exists()


def test_the_newest_change_can_be_undone(lab: Lab) -> None:
    for version, helper in (("1.0", "1.5"), ("2.0", "2.5")):
        Made("hello", version, requires=(f"helper=={helper}",)).wheel(lab.index.folder)
        Made("helper", helper, points=()).wheel(lab.index.folder)
    first = lab.install("hello==1.0")
    second = lab.install("hello==2.0")
    assert first is not None and second is not None
    with pytest.raises(UserError, match="Other plugins were changed since then"):
        lab.installer.undo(first)
    back = lab.installer.undo(second)
    assert lab.versions() == {"hello": "1.0", "helper": "1.5"} and back.plugins == ("hello",)
    assert [(one.old, one.new) for one in back.packages] == [("2.0", "1.0"), ("2.5", "1.5")]
    lab.installer.undo(lab.installer.remove("hello"))
    assert lab.versions() == {"hello": "1.0", "helper": "1.5"}
    assert lab.plugins()["hello"].version == "1.0"
    gone = lab.installer.remove("hello", data=True)
    with pytest.raises(UserError, match="Other plugins"):
        lab.installer.undo(gone)
    again = lab.install("hello")
    assert again is not None
    back = lab.installer.undo(again)
    assert lab.versions() == {} and back.plugins == ("hello",) and lab.left() == []


def test_what_cannot_be_removed_says_why(lab: Lab) -> None:
    with pytest.raises(UserError, match="“speech” comes with the studio"):
        lab.installer.remove("speech")
    with pytest.raises(UserError, match="There is no plugin “nothing”"):
        lab.installer.remove("nothing")


def test_a_plugin_that_pip_put_into_the_folder_works_and_can_be_removed(lab: Lab) -> None:
    wheel = Made("hello").wheel(lab.index.folder)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--target", lab.folders.plugins, wheel], check=True)
    assert lab.plugins()["hello"].version == "1.0"
    lab.install(Made("howdy").wheel(lab.index.folder))
    assert set(lab.plugins()) == {"hello", "howdy"}
    lab.install(Made("hello", "2.0").wheel(lab.index.folder))
    assert lab.plugins()["hello"].version == "2.0", "the newer one counts"
    lab.installer.remove("hello")
    assert set(lab.plugins()) == {"howdy"}


def test_a_source_is_asked_about_before_it_runs(lab: Lab, tmp_path: Path) -> None:
    trace = tmp_path / "built"
    folder = Made("hello", "1.5").source(tmp_path / "sources", trace)
    lab.answer = False
    assert lab.install(folder) is None
    (question,) = lab.questions
    assert question == BuildQuestion(
        str(folder), "hello", "1.5", "A test", "Hana", "MIT", "backend"
    )
    assert not trace.exists() and lab.versions() == {}
    lab.answer = True
    lab.install(folder)
    assert trace.exists() and lab.versions() == {"hello": "1.5"}


def test_a_source_archive_is_asked_about_too(lab: Lab, tmp_path: Path) -> None:
    trace = tmp_path / "built"
    archive = Made("hello", "1.5").sdist(tmp_path, trace)
    lab.answer = False
    assert lab.install(archive) is None
    (question,) = lab.questions
    assert isinstance(question, BuildQuestion)
    assert (question.name, question.version, question.author) == ("hello", "1.5", "Hana")
    assert not trace.exists()
    lab.answer = True
    lab.install(archive)
    assert lab.versions() == {"hello": "1.5"}


def test_a_name_that_is_only_there_as_a_source_is_asked_about(
    each_lab: Lab, tmp_path: Path
) -> None:
    lab = each_lab
    trace = tmp_path / "built"
    Made("hello", "1.5").sdist(tmp_path, trace).rename(lab.index.folder / "hello-1.5.tar.gz")
    lab.answer = False
    assert lab.install("hello") is None
    assert lab.questions == [BuildQuestion("hello", "hello")]
    assert not trace.exists()
    lab.answer = True
    lab.install("hello")
    assert lab.versions() == {"hello": "1.5"}


def test_an_address_of_a_wheel(lab: Lab) -> None:
    wheel = Made("hello").wheel(lab.index.folder)
    lab.install(f"{lab.index.address}/files/{wheel.name}")
    assert lab.versions() == {"hello": "1.0"}


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("http://example.org/hello-1.0-py3-none-any.whl", "cannot be installed from"),
        ("ftp://example.org/hello-1.0-py3-none-any.whl", "cannot be installed from"),
        ("https://example.org/hello", "neither a wheel nor a source archive"),
        ("hello world", "neither a name nor a file"),
        ("./nothing-1.0-py3-none-any.whl", "There is no file"),
        ("numpy", "the studio runs on it"),
    ],
)
def test_what_is_no_source_is_refused(lab: Lab, source: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        lab.install(source)
    assert lab.versions() == {}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_repository_that_git_cannot_fetch_is_reported(each_lab: Lab) -> None:
    with pytest.raises(UserError, match=r"git cannot fetch “git\+https://127\.0\.0\.1:9/…”"):
        each_lab.install("git+https://user:secret@127.0.0.1:9/nothing.git")
    assert each_lab.left() == []


def test_a_damaged_wheel_is_refused(lab: Lab) -> None:
    wheel = Made("hello", files={"made_hello/data": bytes(100_000)}).wheel(lab.index.folder)
    whole = wheel.read_bytes()
    for damaged in (whole[:500], whole.replace(bytes(50), bytes(49) + b"x", 1), b"", b"no zip"):
        wheel.write_bytes(damaged)
        with pytest.raises(UserError, match="is not a whole wheel"):
            lab.install(wheel)
    Made("hello").wheel(lab.index.folder).write_bytes(whole[:500])
    with pytest.raises(UserError, match="hello"):
        lab.install("hello")
    assert lab.versions() == {} and lab.left() == []


def test_a_wheel_that_writes_outside_its_folder_is_refused(each_lab: Lab, tmp_path: Path) -> None:
    for path in ("../outside.py", "/tmp/outside.py", "made_hello/../../outside.py"):
        wheel = Made("hello", files={path: b"bad"}).wheel(each_lab.index.folder)
        with pytest.raises(UserError, match="would write outside its folder"):
            each_lab.install(wheel)
    # From the index, pip refuses it, and uv leaves that file out.
    with contextlib.suppress(UserError):
        each_lab.install("hello")
    assert not list(tmp_path.rglob("outside.py")) and not Path("/tmp/outside.py").exists()


def test_what_is_no_plugin_is_refused(lab: Lab) -> None:
    Made("hello", points=()).wheel(lab.index.folder)
    with pytest.raises(UserError, match="“hello” is not a plugin of Kirara Studio"):
        lab.install("hello")


def test_a_name_of_a_built_in_plugin_is_refused(lab: Lab) -> None:
    with pytest.raises(UserError, match="named “speech”, as one of “kirara-studio” is"):
        lab.install(Made("hello", points=("speech",)).wheel(lab.index.folder))
    lab.install(Made("hello").wheel(lab.index.folder))
    with pytest.raises(UserError, match="named “hello”, as one of “hello” is"):
        lab.install(Made("howdy", points=("hello",)).wheel(lab.index.folder))


def test_a_module_of_the_studio_is_not_shadowed(lab: Lab) -> None:
    for module in ("kirara_studio", "numpy", "json"):
        wheel = Made("hello", files={f"{module}/__init__.py": b""}).wheel(lab.index.folder)
        with pytest.raises(UserError, match=f"brings a module “{module}”"):
            lab.install(wheel)


def test_a_module_of_another_plugin_is_not_replaced(lab: Lab) -> None:
    lab.install(Made("hello", files={"common.py": b"1"}).wheel(lab.index.folder))
    with pytest.raises(UserError, match=r"has a file “common\.py”, too"):
        lab.install(Made("howdy", files={"common.py": b"2"}).wheel(lab.index.folder))
    lab.install(Made("hullo", files={"tests/__init__.py": b"2"}).wheel(lab.index.folder))
    assert set(lab.plugins()) == {"hello", "hullo"}


def test_files_that_a_wheel_has_lost_are_a_warning(lab: Lab) -> None:
    code = """
    @hookimpl
    def kirara_panels():
        return [Panel(id="h", title="H", icon="icons/h.svg", widget="made_hello:W")]

    @hookimpl
    def kirara_translations():
        return [Path(__file__).parent / "translations"]
    """
    lab.install(Made("hello", code=code).wheel(lab.index.folder))
    question = lab.questions[-1]
    assert isinstance(question, InstallQuestion)
    assert [warning.message for warning in question.warnings] == [
        "The icon “icons/h.svg” of made_hello is missing.",
        "made_hello has no compiled translations (*.qm).",
    ]
    files = {"made_hello/icons/h.svg": b"<svg/>", "made_hello/translations/ja.qm": b""}
    lab.install(Made("hello", code=code, files=files).wheel(lab.index.folder))
    question = lab.questions[-1]
    assert isinstance(question, InstallQuestion) and question.warnings == ()


def test_a_plugin_that_was_switched_off_is_on_when_it_is_installed_again(lab: Lab) -> None:
    switches = PluginSwitches(lab.folders.config / "plugins.toml")
    switches.set_disabled({"hello", "speech"})
    lab.install(Made("hello").wheel(lab.index.folder))
    assert switches.disabled() == {"speech"}


def test_no_is_an_answer(lab: Lab) -> None:
    lab.answer = False
    assert lab.install(Made("hello").wheel(lab.index.folder)) is None
    assert lab.versions() == {} and lab.left() == []


def test_it_can_be_stopped_while_it_asks_and_the_next_one_goes_on(lab: Lab) -> None:
    wheel = Made("hello").wheel(lab.index.folder)

    def stop(question: object) -> bool:
        lab.installer.stop()
        return True

    with pytest.raises(Cancelled):
        lab.installer.install(str(wheel), stop)
    assert lab.versions() == {} and lab.left() == []
    lab.install(wheel)
    assert lab.versions() == {"hello": "1.0"}


def test_stopping_ends_a_build_and_what_it_started(lab: Lab, tmp_path: Path) -> None:
    trace = tmp_path / "built"
    folder = Made("hello").source(tmp_path, trace)
    (folder / "backend.py").write_text(
        "import os, pathlib, time\n"
        "def build_wheel(folder, config_settings=None, metadata_directory=None):\n"
        f"    pathlib.Path({str(trace)!r}).write_text(str(os.getpid()))\n"
        "    time.sleep(100)\n"
    )
    stopping = threading.Thread(target=lambda: (_wait_for(trace), lab.installer.stop()))
    stopping.start()
    with pytest.raises(Cancelled):
        lab.install(folder)
    stopping.join()
    process = int(trace.read_text())
    deadline = time.monotonic() + 5
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert lab.left() == []


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not (path.exists() and path.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_two_changes_at_once_are_refused(lab: Lab) -> None:
    wheel = Made("hello").wheel(lab.index.folder)

    def ask(question: object) -> bool:
        with pytest.raises(UserError, match="Another installation is running"):
            Installer(lab.folders).remove("hello")
        return True

    assert lab.installer.install(str(wheel), ask) is not None


def test_the_process_ends_when_the_studio_is_killed(lab: Lab, tmp_path: Path) -> None:
    wheel = Made("hello").wheel(lab.index.folder)
    code = (
        "import os, sys, signal\n"
        "from pathlib import Path\n"
        "from kirara_studio.host.folders import Folders\n"
        "from kirara_studio.host.installation.installer import Installer\n"
        f"folders = Folders.below(Path({str(tmp_path / 'home')!r}))\n"
        "ask = lambda question: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"Installer(folders).install({str(wheel)!r}, ask)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=60)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while lab.left() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert lab.left() == [] and lab.versions() == {}


def test_an_old_installation_is_still_found(lab: Lab) -> None:
    install(lab.folders.plugins, "flat", "")
    assert set(lab.plugins()) == {"flat"}
