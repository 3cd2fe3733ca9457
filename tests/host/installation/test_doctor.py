"""What is wrong with the plugin folder is found without running anything in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from kirara_studio.host.installation.doctor import examine
from kirara_studio.host.installation.generations import active_generation
from tests.host.installation.conftest import Lab
from tests.host.plugin_maker import Made, install


def found(lab: Lab) -> list[tuple[str, bool, str]]:
    return [(p.name, p.serious, str(p.error)) for p in examine(lab.folders)]


def generation(lab: Lab) -> Path:
    active = active_generation(lab.folders.plugins)
    assert active is not None
    return active


def test_a_sound_folder_has_no_problems(lab: Lab) -> None:
    assert found(lab) == []
    lab.install(Made("hello", requires=("numpy",)).wheel(lab.index.folder))
    assert found(lab) == []


def test_every_problem_names_its_plugin_and_says_what_to_do(lab: Lab, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    code = f"""
    Path({str(trace)!r}).touch()

    @hookimpl
    def kirara_panels():
        return [Panel(id="h", title="H", icon="h.png", widget="made_hello:W")]
    """
    files = {"made_hello/part.py": b"", "helping.py": b""}
    Made("helper", points=()).wheel(lab.index.folder)
    lab.install(Made("hello", code=code, files=files, requires=("helper",)).wheel(lab.index.folder))
    active = generation(lab)
    (active / "made_hello" / "part.py").unlink()
    (active / "helping.py").rename(active / "numpy.py")
    record = active / "hello-1.0.dist-info" / "RECORD"
    record.write_text(record.read_text().replace("helping.py", "numpy.py"))
    shutil.rmtree(active / "helper-1.0.dist-info")
    texts = "\n".join(text for name, _, text in found(lab) if name == "hello")
    for part in (
        "“made_hello/part.py” is missing. Install it again",
        "brings a module “numpy”",
        "needs helper, but there is none",
        "The icon “h.png” of made_hello is missing",
    ):
        assert part in texts
    assert [serious for _, serious, _ in found(lab)] == [True, True, True, False]
    assert not trace.exists()


def test_damaged_metadata_is_a_problem_of_that_plugin_alone(lab: Lab) -> None:
    for name in ("hello", "howdy"):
        lab.install(Made(name).wheel(lab.index.folder))
    (generation(lab) / "hello-1.0.dist-info" / "RECORD").unlink()
    assert [(name, serious) for name, serious, _ in found(lab)] == [("hello", True)]


def test_a_lost_name_of_the_generation_is_a_warning(lab: Lab) -> None:
    lab.install(Made("hello").wheel(lab.index.folder))
    (lab.folders.plugins / "current").write_text("7")
    ((name, serious, text),) = found(lab)
    assert (name, serious) == ("", False) and "newest one, 1, is used" in text


def test_a_plugin_that_is_there_twice_is_a_warning(lab: Lab) -> None:
    install(lab.folders.plugins, "hello", "", distribution="hello")
    lab.install(Made("hello").wheel(lab.index.folder))
    assert any("twice: 1.2, put there by pip" in text for _, _, text in found(lab))
