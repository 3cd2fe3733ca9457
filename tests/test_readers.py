"""Files that something else may have written are read inside the guard, and nowhere else.

A call that reads or parses such a file stands in a block ``with reading(…)``, or in a private
function that is only called from one.
"""

from __future__ import annotations

import ast

import pytest

from tests.product_modules import product_modules

READERS = {
    *("Image.open", "cv2.imread", "cv2.imdecode", "cv2.VideoCapture", "av.open", "imageio.imread"),
    *("soundfile.read", "soundfile.SoundFile", "soundfile.info", "soundfile.blocks", "wave.open"),
    *("safe_open", "load_file", "torch.load", "pickle.load", "pickle.loads"),
    *("np.load", "np.loadtxt", "np.genfromtxt", "np.fromfile", "np.memmap", "h5py.File"),
    *("json.load", "json.loads", "parse_json", "read_json", "tomllib.load", "tomllib.loads"),
    *("zipfile.ZipFile", "tarfile.open", "gzip.open", "gzip.decompress", "lzma.open"),
    *("sqlite3.connect", "plistlib.load", "plistlib.loads", "from_ical", "feedparser.parse"),
    *("ET.parse", "ET.fromstring", "csv.reader", "csv.DictReader", "read_string"),
    *("read_bytes", ".read_text"),
}
"""Calls by their last two names, or by the last one alone; with a dot only as a method."""

ALLOWED = {
    "kirara_studio/api/reading.py": "the guard, and what it offers to the blocks inside it",
    "kirara_studio/api/kept_files.py": "KeptFile repairs instead of refusing, and never raises",
    "kirara_studio/host/settings.py": "parsed for a KeptFile, or by one",
    "kirara_studio/host/switches.py": "parsed by a KeptFile",
    "kirara_studio/host/state.py": "a section that the KeptFile has read already",
    "kirara_studio/development/error_texts.py": "the studio's own sources",
    "kirara_studio/development/scaffold.py": "the studio's own template",
    "kirara_studio/testing/check.py": "a line from another process of the studio",
    "kirara_studio/testing/subject.py": "a line from another process of the studio",
    "kirara_studio/testing/rules/distribution.py": "any error is the result of the rule",
    "kirara_studio/testing/rules/hooks.py": "any error is the result of the rule",
    "kirara_studio/testing/rules/panels.py": "text that was made before",
    "kirara_studio/host/discovery.py": "metadata of installed packages, any error is caught",
    "kirara_studio/host/installation/generations.py": "numbers; anything else counts as none",
    "kirara_studio/host/installation/inventory.py": "as in discovery.py",
    "kirara_studio/host/installation/staged.py": "as in discovery.py, by checks.py",
    "kirara_studio/host/installation/tools.py": "what the tool has just written",
    "kirara_studio/host/installation/values.py": "a line from another process of the studio",
    "kirara_studio/desktop/single_instance.py": "a line from another process of the studio",
    "kirara_studio/api/media/crop_cache.py": "a cache: a damaged one is made again",
    "kirara_studio/engine/device.py: _processor_name": "the kernel's list of processors",
    "kirara_studio/engine/run_folder.py: _seconds_waited": "the kernel's figures",
    "kirara_studio/host/figures.py: resident_memory": "the kernel's figures",
    "kirara_studio/host/safe_mode.py: _boot": "the kernel's name of this start",
    "kirara_studio/ui/hang_dialog.py": "a message of the studio",
    "kirara_studio/ui/hang_monitor.py": "the kernel's figures, and messages of the studio",
    "kirara_studio/engine/run_folder.py: parse_event": "one line; a line that is none is skipped",
    "kirara_studio/api/widgets/icons.py": "icons of the studio and of plugins; any is replaced",
    "kirara_studio/engine/wire.py": "the pipe between the studio's own processes",
    "kirara_studio/api/models.py: save_tensors": "it checks what it has just written",
    "plugins/kirara_speech/sound/saving.py: _check": "as above",
    "plugins/kirara_characters/faces/touches.py: developed": "as above",
    "plugins/kirara_foresight/clips/video.py": "Video opens files inside reading_clip only",
    "plugins/kirara_speech/project/script.py: to_dict": "text that was parsed before",
    "plugins/kirara_paintings/view/gallery_model.py": "a drag within the program",
    "plugins/kirara_foresight/camera.py": "a camera",
    "plugins/kirara_speech/reading/compiled_dictionary.py": "Open JTalk's own dictionary",
    "plugins/kirara_speech/engines/engine_http.py": "an engine's answer; any error is HttpError",
    "plugins/kirara_speech/engines/voicevox_speaking.py": "as above",
    "plugins/kirara_speech/serving/waves.py": "a request; any error is the status 422",
    "plugins/kirara_speech/serving/catalogue.py": "pictures of the studio",
    "plugins/kirara_releases/storage/catalogue.py: bundled": "the studio's own list",
    "kirara_studio/api/database.py": "it repairs itself (test_damaged_database)",
}
"""Files, or functions in them, that read without the guard, and why that is right."""

GUARDS = {"opened_picture", "open_archive", "skipping"}
"""Guards that are not called ``reading…``."""

LOOKS = {"exists", "is_file", "is_dir"}
MAY_LOOK = {
    "kirara_studio/api/database.py": "Database reports what the system says",
}
"""Where ``Path.exists()`` and the like, which may raise, are right."""


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def reads(call: ast.Call) -> bool:
    if any(isinstance(one, ast.Constant) and one.value == "w" for one in call.args):
        return False  # it writes
    names = dotted(call.func).split(".")
    method = f".{names[-1]}" if isinstance(call.func, ast.Attribute) else ""
    return bool({names[-1], method, ".".join(names[-2:])} & READERS)


def is_guard(item: ast.withitem) -> bool:
    call = item.context_expr
    name = dotted(call.func).split(".")[-1] if isinstance(call, ast.Call) else ""
    return name.lstrip("_").startswith("reading") or name in GUARDS


class Module(ast.NodeVisitor):
    """What one module reads bare, by function, and from where its functions are called."""

    def __init__(self, tree: ast.Module) -> None:
        self.bare: dict[str, list[int]] = {}
        self.callers: dict[str, set[str]] = {}
        self._functions = ["<module>"]
        self._guarded = 0
        self.visit(tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        guarded, self._guarded = self._guarded, 0
        self._functions.append(node.name)
        self.generic_visit(node)
        self._functions.pop()
        self._guarded = guarded

    def visit_With(self, node: ast.With) -> None:
        entered = 0
        for item in node.items:  # those after the guard are guarded too
            self.visit(item)
            guard = is_guard(item)
            entered += guard
            self._guarded += guard
        for statement in node.body:
            self.visit(statement)
        self._guarded -= entered

    def visit_Call(self, node: ast.Call) -> None:
        here = "" if self._guarded else self._functions[-1]
        if here and reads(node):
            self.bare.setdefault(here, []).append(node.lineno)
        self.callers.setdefault(dotted(node.func).split(".")[-1], set()).add(here)
        self.generic_visit(node)

    def excused(self, function: str, seen: frozenset[str] = frozenset()) -> bool:
        """True for a private function that is only called inside guards."""
        callers = self.callers.get(function, set())
        if function in seen:
            return True
        if not function.startswith("_") or not callers:
            return False
        return all(not caller or self.excused(caller, seen | {function}) for caller in callers)


def bypasses(tree: ast.Module) -> dict[str, list[int]]:
    """The lines that read outside the guard, by function."""
    module = Module(tree)
    return {name: lines for name, lines in module.bare.items() if not module.excused(name)}


def test_every_reader_is_inside_the_guard() -> None:
    found, used = [], set()
    for file, tree in product_modules():
        for function, lines in bypasses(tree).items():
            allowed = {file, f"{file}: {function}"} & ALLOWED.keys()
            used |= allowed
            if not allowed:
                found.append(f"{file}:{lines[0]} in {function}")
    assert not found, "read inside “with reading(path)” (kirara_studio/api/reading.py)"
    assert used == ALLOWED.keys(), "an exception is needed no more"


def test_no_look_at_a_path_may_raise() -> None:
    found, used = [], set()
    for file, tree in product_modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in LOOKS
                and not node.args
            ):
                used |= {file} & MAY_LOOK.keys()
                if file not in MAY_LOOK:
                    found.append(f"{file}:{node.lineno}")
    assert not found, "use exists, is_file and is_folder of kirara_studio.api.files"
    assert used == MAY_LOOK.keys(), "an exception is needed no more"


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("def f(p):\n    with reading(p), safe_open(p) as file:\n        json.loads(p)", {}),
        ("def f(p):\n    with safe_open(p) as file, reading(p):\n        pass", {"f": [2]}),
        ("def f(p):\n    return Image.open(p)", {"f": [2]}),
        ("def f(p):\n    with reading(p):\n        g(p)\ndef g(p):\n    np.load(p)", {"g": [5]}),
        ("def f(p):\n    with reading(p):\n        _g(p)\ndef _g(p):\n    np.load(p)", {}),
        ("def f(p):\n    _g(p)\ndef _g(p):\n    np.load(p)", {"_g": [4]}),
        ("def f(p):\n    with _reading_it(p):\n        pass\n    p.read_text()", {"f": [4]}),
    ],
)
def test_what_counts_as_inside(source: str, bare: dict[str, list[int]]) -> None:
    assert bypasses(ast.parse(source)) == bare
