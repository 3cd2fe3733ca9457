"""All readers of the program, each with a small valid file of its kind."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import soundfile
import torch
from PIL import Image, TiffImagePlugin

from kirara_characters.faces.cascade import CascadeFinder
from kirara_characters.faces.finder import FaceFinder
from kirara_characters.learning import dataset as characters_dataset
from kirara_characters.learning.growing import trained_parts
from kirara_characters.learning.run_state import KEY as GROWING_KEY
from kirara_characters.learning.run_state import RunState as GrowingState
from kirara_characters.learning.run_state import read_state as read_growing
from kirara_characters.learning.schedule import Position
from kirara_characters.learning.schedule import TrainRequest as CharactersRequest
from kirara_characters.likeness.finder import LikenessReader
from kirara_characters.models import available_models, describe
from kirara_characters.networks.character import Character
from kirara_characters.networks.model_files import export_generator, load_generator
from kirara_characters.networks.network import Discriminator
from kirara_characters.project_file import read_project
from kirara_characters.recalling import scene_of
from kirara_characters.scene import Pin, Scene, read_character
from kirara_foresight.clips.opening import open_clip
from kirara_foresight.learning.clips import read_clips
from kirara_foresight.learning.digits import read_idx
from kirara_foresight.learning.schedule import REQUEST, TrainRequest
from kirara_foresight.networks.config import CONVLSTM, ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster
from kirara_foresight.networks.model_files import KIND, load_forecaster
from kirara_foresight.radar import read_radar
from kirara_illustrations.sources.feed_content import read_feed
from kirara_paintings.answers import PAINTINGS_NETWORK
from kirara_paintings.classifiers import load_classifier
from kirara_paintings.label_store import LabelStore
from kirara_paintings.pictures.reading import read_picture
from kirara_paintings.sort_into_folders import finished_job, interrupted_job
from kirara_paintings.sort_journal import Journal, SortRequest
from kirara_releases.calendar.release import releases_between
from kirara_releases.exchange.calendar_file import calendar_bytes
from kirara_releases.exchange.importing import read_file
from kirara_releases.feeds.content import read_content
from kirara_releases.storage.catalogue import FILE as MAGAZINES
from kirara_releases.storage.catalogue import Catalogue, bundled
from kirara_releases.storage.store import FILE as DATABASE
from kirara_releases.storage.store import FeedState, ReleaseStore
from kirara_speech.learning.recording_checks import check_folder
from kirara_speech.networks.config import TEXT2MEL
from kirara_speech.networks.model_files import load_text2mel
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.project.presets import Preset, Presets
from kirara_speech.project.project_file import load_project, load_text, save_project
from kirara_speech.project.script import Line, Script
from kirara_speech.project.sound_memory import lines_of, remembered
from kirara_speech.project.voicevox_project import load_voicevox
from kirara_speech.reading.user_dictionary import (
    UserDictionary,
    read_voicevox_file,
    write_voicevox_file,
)
from kirara_speech.reading.words import word
from kirara_speech.serving.presets import PresetStore
from kirara_speech.sound.saving import recall as recall_sound
from kirara_speech.sound.saving import save_sound
from kirara_speech.sound.sound_files import at_our_rate, load_sound
from kirara_speech.speaking.capabilities import capabilities_of
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.voice_import import ImportRequest, import_voice_job
from kirara_speech.speaking.voices import available_voices
from kirara_speech.speaking.voices import describe as describe_voice
from kirara_studio.api.arrays import array_names, open_archive, read_array
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.foreign import ForeignNetwork
from kirara_studio.api.learning.foreign import read as read_foreign
from kirara_studio.api.learning.head import load_head
from kirara_studio.api.learning.run_files import Trained, read_tensors, save_run
from kirara_studio.api.media.checking import look_at, small_picture
from kirara_studio.api.media.crop_cache import CACHE_NAME, CropCache, Look
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.media.saving import recall, save_film, save_picture
from kirara_studio.api.media.training_pictures import (
    UNREADABLE,
    Crop,
    FileState,
    Square,
    TrainingPictures,
)
from kirara_studio.api.models import Checkpoint, ModelCard, read_card, share_models
from kirara_studio.api.widgets.model_names import gate_note
from kirara_studio.desktop.autostart import MacAutostart, XdgAutostart
from kirara_studio.desktop.inbox import Inbox
from kirara_studio.engine.run_folder import Control, EventReader, RunFolder, child_of, last_event
from kirara_studio.engine.tools import inline_tools
from kirara_studio.host.safe_mode import LoadingJournal, SessionJournal
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore
from kirara_studio.host.state import StateStore
from kirara_studio.host.switches import PluginSwitches
from tests.api.cascades import save_cascade
from tests.fuzz.harness import Reader
from tests.fuzz.mutations import (
    gzipped,
    json_lines,
    json_values,
    png_chunks,
    raw,
    tensors_header,
    text_lines,
    toml_values,
    zipped,
)
from tests.plugins.kirara_characters.small_models import (
    PAPER,
    save_face_network,
    save_generator,
    save_likeness_network,
    small_generator,
)
from tests.plugins.kirara_speech.voices import SMALL_TEXT2MEL

Make = Callable[[Path], Path]


class _Tools:
    """What jobs need of the engine here."""

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        pass


# Pictures


def _pixels(side: int = 24) -> np.ndarray:
    random = np.random.default_rng(5)
    smooth = np.linspace(0, 200, side)[:, None, None] + random.integers(0, 40, (side, side, 3))
    return smooth.astype(np.uint8)


def _picture(name: str, mode: str = "RGB", **options: Any) -> Make:
    def make(folder: Path) -> Path:
        exif = Image.Exif()
        exif[0x0112] = 6
        image = Image.fromarray(_pixels()).convert(mode)
        image.save(folder / name, exif=exif, **options)
        return folder / name

    return make


def _frames(name: str, **options: Any) -> Make:
    def make(folder: Path) -> Path:
        images = [Image.fromarray(np.roll(_pixels(), n, 0)) for n in range(4)]
        images[0].save(folder / name, save_all=True, append_images=images[1:], **options)
        return folder / name

    return make


def _jpeg2000(folder: Path) -> Path:
    Image.fromarray(_pixels()).save(folder / "a.jp2")
    return folder / "a.jp2"


def _crop_cache(folder: Path) -> Path:
    cache = CropCache(folder / CACHE_NAME)
    look = Look(Square(0, 0, 9), "", "", bytes(560), b"no JPEG")
    for number in range(9):
        cache.keep(Path(f"/p/{number}.png"), FileState(5, 6), "recipe", [look, look])
    cache.close()
    return folder / CACHE_NAME


def _read_crop_cache(path: Path) -> None:
    cache = CropCache(path)
    try:
        for number in range(9):
            cache.looks(Path(f"/p/{number}.png"), FileState(5, 6), "recipe")
            small_picture(cache, f"/p/{number}.png", Square(0, 0, 9))
        cache.keep(Path("/p/1.png"), FileState(5, 7), "recipe", [Look(None)])
    finally:
        cache.close(tidy=True)


def _read_pictures(path: Path) -> None:
    load_picture(path)
    read_picture(path, 16)
    characters_dataset.read_picture(path, 8)
    characters_dataset.read_picture(path, 8, Square(-3, 2, 16))


PICTURES = [
    Reader("picture-png", _picture("絵.png"), _read_pictures, (raw, png_chunks)),
    Reader("picture-palette", _picture("a.png", "P"), _read_pictures, (raw, png_chunks)),
    Reader("picture-jpeg", _picture("a.jpg", quality=90), _read_pictures),
    Reader("picture-webp", _picture("a.webp"), _read_pictures),
    Reader("picture-gif", _frames("a.gif"), _read_pictures),
    Reader("picture-bmp", _picture("a.bmp"), _read_pictures),
    *(
        Reader(f"picture-tiff-{kind}", _picture("a.tiff", compression=kind), _read_pictures)
        for kind in ("raw", "tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits")
    ),
    *(
        Reader(f"picture-tiff-{mode}", _picture("a.tiff", mode), _read_pictures)
        for mode in ("F", "I")
    ),
    Reader("picture-avif", _picture("a.avif"), _read_pictures),
    Reader("picture-jpeg2000", _jpeg2000, _read_pictures),
    Reader("picture-crops", _picture("a.jpg"), look_at, repairs=True),
    Reader("picture-ppm", _picture("a.ppm"), _read_pictures),
    Reader("picture-tga", _picture("a.tga", "RGBA"), _read_pictures),
]

# What the studio saved: pictures and films with their settings


SETTINGS = {
    "kind": "morph", "seeds": [1, 2], "seconds": [1.0], "loop": False, "easing": ["smooth"],
    "truncation": [0.7, 0.7], "fps": 12, "size": 32, "model": "small", "model_fingerprint": "x",
    "panel": Scene().to_dict(),
}  # fmt: skip


PICTURE = {"kind": "picture", "seed": 5, "truncation": 0.7}


def _saved(name: str) -> Make:
    def make(folder: Path) -> Path:
        path, frames = folder / name, [np.roll(_pixels(), n, 0) for n in range(3)]
        if name.endswith(".png"):
            save_picture(path, _pixels(), {**SETTINGS, **PICTURE})
        else:
            save_film(path, frames, 10, SETTINGS, loop=True)
        return path

    return make


def _in_place(content: bytes, random: Any) -> bytes:
    """Change the settings, which are JSON in the clear, without changing their length much."""
    start, end = content.find(b'{"program'), content.rfind(b"}") + 1
    return content[:start] + json_values(content[start:end], random) + content[end:]


def _recall(path: Path) -> None:
    scene_of(recall(path), Scene())


SAVED = [
    Reader("settings-png", _saved("a.png"), _recall, (raw, png_chunks), ("settings", "file")),
    Reader("settings-gif", _saved("a.gif"), _recall, (raw,), ("settings", "file")),
    Reader("settings-webp", _saved("a.webp"), _recall, (raw, _in_place), ("settings", "file")),
    Reader("settings-mp4", _saved("a.mp4"), _recall, (raw, _in_place), ("settings", "file")),
]

# Clips


def _video(name: str, codec: str) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), 10, (32, 24))
        for number in range(6):
            writer.write(np.full((24, 32, 3), 40 * number, np.uint8))
        writer.release()
        return path

    return make


def _folder_of_frames(folder: Path) -> Path:
    for number in range(3):
        Image.fromarray(_pixels()).save(folder / f"frame-{number}.png")
    return folder / "frame-1.png"


def _read_clip(path: Path) -> None:
    with closing(open_clip(path)) as clip:
        for frame in islice(clip.frames(0, clip.count), 50):
            assert frame.shape == (*clip.size, 3)
    with closing(open_clip(path)) as clip:
        list(clip.frames(min(2, clip.count - 1), 1))


def _radar(suffix: str) -> Make:
    def make(folder: Path) -> Path:
        grey = np.arange(48, dtype=np.uint8).reshape(6, 8)
        for minute in (0, 5, 10):
            data = cv2.imencode(f".{suffix.removesuffix('.gz')}", grey)[1].tobytes()
            data = gzip.compress(data) if suffix.endswith(".gz") else data
            (folder / f"2016092814{minute:02d}.{suffix}").write_bytes(data)
        return folder / f"201609281405.{suffix}"

    return make


def _digits(name: str) -> Make:
    def make(folder: Path) -> Path:
        data = struct.pack(">4I", 0x803, 3, 5, 4) + bytes(range(60))
        (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return folder / name

    return make


def _read_radar(path: Path) -> None:
    read_radar(path.parent)


def _geotiff(folder: Path) -> Path:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[34735] = (1, 1, 0, 0)
    tags.tagtype[34735] = 3
    tags[42113] = "-9999"
    path = folder / "202405011205.tif"
    Image.fromarray(np.arange(12, dtype=np.float32).reshape(3, 4)).save(path, tiffinfo=tags)
    return path


def _hdf5(name: str) -> Make:
    def make(folder: Path) -> Path:
        h5py = pytest.importorskip("h5py")
        with h5py.File(folder / name, "w") as file:
            if name.endswith(".nc"):
                data = file.create_dataset("rain", data=np.ones((2, 3, 4), np.float32))
                data.attrs.update({"units": "mm h-1", "_FillValue": np.float32(-1)})
                file["time"] = np.array([0.0, 0.5])
                file["time"].attrs["units"] = "hours since 2024-05-01"
            else:
                about = {"object": b"COMP", "date": b"20240501", "time": b"120500"}
                file.create_group("what").attrs.update(about)
                file["dataset1/data1/data"] = np.arange(12, dtype=np.uint8).reshape(3, 4)
                file.create_group("dataset1/data1/what").attrs.update(
                    {"quantity": b"DBZH", "gain": 0.5, "offset": -32.0, "nodata": 255.0}
                )
        return folder / name

    return make


CLIPS = [
    Reader("clip-mp4", _video("a.mp4", "mp4v"), _read_clip),
    Reader("clip-avi", _video("a.avi", "MJPG"), _read_clip),
    Reader("clip-h264", _saved("a.mp4"), _read_clip),
    Reader("clip-gif", _frames("a.gif", duration=100), _read_clip),
    Reader("clip-webp", _frames("a.webp", duration=100), _read_clip),
    Reader("clip-apng", _frames("a.png", duration=100), _read_clip, (raw, png_chunks)),
    Reader("clip-avif", _frames("a.avif", duration=100), _read_clip),
    Reader("clip-folder", _folder_of_frames, lambda path: _read_clip(path.parent),
           (raw, png_chunks)),
    Reader("clips-to-train", _frames("a.gif", duration=100), lambda path: read_clips(path)),
    Reader("radar-pgm", _radar("pgm"), _read_radar),
    Reader("radar-gz", _radar("pgm.gz"), _read_radar, (raw, gzipped())),
    Reader("radar-png", _radar("png"), _read_radar, (raw, png_chunks)),
    Reader("radar-geotiff", _geotiff, _read_radar),
    Reader("radar-odim", _hdf5("202405011205.h5"), read_radar),
    Reader("radar-netcdf", _hdf5("rain.nc"), read_radar),
    Reader("digits", _digits("digits"), read_idx),
    Reader("digits-gz", _digits("digits.gz"), read_idx, (raw, gzipped())),
]  # fmt: skip

# Models


def _no_text(_: Path) -> None:
    """Only the names; a file of something else has none."""


def _model(folder: Path) -> Path:
    return save_generator(folder / "model.safetensors")


def _card(folder: Path) -> Path:
    path = save_generator(folder / "model.safetensors")
    card = read_card(path)
    judged = {"measures": {"precision": 0.1}, "missed": {"precision": "≥ 0.6"}}
    card = replace(card, measured={"training steps": 7, "MSE": 3.5}, evaluation=judged)
    Checkpoint(card, Checkpoint.load(path).tensors).save(path)
    return path.with_suffix(".toml")


def _embedded(make: Make) -> Make:
    """The same without the card beside the file, so the one inside counts."""

    def only_inside(folder: Path) -> Path:
        path = make(folder)
        path.with_suffix(".toml").unlink()
        return path

    return only_inside


def _use_model(path: Path) -> None:
    path = path.with_suffix(".safetensors")
    load_generator(describe(path).path)
    gate_note(read_card(path))


def _list_models(path: Path) -> None:
    """A folder of models is listed, whatever is wrong with one of them."""
    models = path.parent / "models"
    models.mkdir()
    for file in path.parent.glob("model.*"):
        file.rename(models / file.name)
    save_generator(models / "other.safetensors")
    found = available_models(path.parent, report=_no_text)
    assert any(model.path.name == "other.safetensors" for model in found)
    for model in found:
        f"{model.card.steps:,} {model.name} {gate_note(model.card)}"


FORECASTER = ConvLstmConfig(widths=(4,), patch=4)


def _forecaster(folder: Path) -> Path:
    path = folder / "model.safetensors"
    network = Forecaster(FORECASTER)
    Checkpoint(ModelCard(CONVLSTM, configuration=FORECASTER.to_dict()), network.state_dict()).save(
        path
    )
    return path


def _voice(folder: Path) -> Path:
    path = folder / "voices" / "mine" / "text2mel.safetensors"
    network = Text2Mel(SMALL_TEXT2MEL)
    configuration = SMALL_TEXT2MEL.to_dict()
    Checkpoint(ModelCard(TEXT2MEL, configuration=configuration), network.state_dict()).save(path)
    return path


def _shared_voice(folder: Path) -> Path:
    return share_models([_voice(folder)], folder / "shared.zip")


def _import_voice(path: Path) -> None:
    import_voice_job(ImportRequest((path,), path.parent / "data"), inline_tools(path.parent))


def _use_voice(path: Path) -> None:
    for voice in available_voices(path.parents[2], report=_no_text):
        str(voice.card and voice.card.name)
    voice = describe_voice(path.parent)
    capabilities_of(voice)
    if voice.text2mel is not None:
        load_text2mel(voice.text2mel)


def _classifier(method: str) -> Make:
    def make(folder: Path) -> Path:
        from kirara_studio.api.resources import resource_folder

        source = resource_folder() / "models" / f"paintings-{method}.safetensors"
        for path in (source, source.with_suffix(".toml")):
            (folder / path.name).write_bytes(path.read_bytes())
        return folder / source.with_suffix(".toml").name

    return make


SMALL_FOREIGN = ForeignNetwork(
    KIND, FORECASTER, r"net/.*", lambda name, shape: [(f"net/{name}", shape)]
)


def _foreign(folder: Path) -> Path:
    arrays = {f"net/{name}": value.numpy() for name, value in
              Forecaster(FORECASTER).state_dict().items()}  # fmt: skip
    np.savez(folder / "model.npz", **arrays)
    return folder / "model.npz"


def _read_archive(path: Path) -> None:
    array_names(path)
    with open_archive(path) as archive:
        archive.headers()
    read_foreign(path, SMALL_FOREIGN)


def _array(folder: Path) -> Path:
    np.save(folder / "array.npy", np.arange(12, dtype=np.float32).reshape(3, 4))
    return folder / "array.npy"


def _run(folder: Path) -> Path:
    network = torch.nn.Linear(3, 2)
    adam = torch.optim.Adam(network.parameters())
    network(torch.ones(1, 3)).sum().backward()
    adam.step()
    state = asdict(RunState({"width": 3}, 5, 0, {"rate": 1.0}))
    save_run(folder / "checkpoint.safetensors", _trained(network, adam), "fuzz", state)
    return folder / "checkpoint.safetensors"


def _trained(network: torch.nn.Module, adam: torch.optim.Adam) -> Trained:
    average = torch.nn.Linear(3, 2)
    return Trained({"network": network, "average": average}, {"adam": (network, adam)})


def _read_run(path: Path) -> None:
    RunState.read(path, "fuzz")
    network = torch.nn.Linear(3, 2)
    adam = torch.optim.Adam(network.parameters())
    _trained(network, adam).load(read_tensors(path), path.name)
    network(torch.ones(1, 3)).sum().backward()
    adam.step()


def _growing(folder: Path) -> Path:
    generator, average, judge = small_generator(), small_generator(), Discriminator(PAPER)
    adams = [torch.optim.Adam(network.parameters()) for network in (generator, judge)]
    state = GrowingState(PAPER, Position(), 1.0, {"guard": {}}).to_dict()
    path = folder / "checkpoint.safetensors"
    save_run(path, trained_parts(generator, average, judge, *adams), GROWING_KEY, state)
    return path


def _read_growing(path: Path) -> None:
    state = read_growing(path)
    assert state.config.resolution <= 8192
    export_generator(path, path.with_name("exported.safetensors"), ModelCard("x"))


def _find_faces(path: Path) -> None:
    finder = CascadeFinder(path) if path.suffix == ".xml" else FaceFinder(path)
    finder.find(np.zeros((64, 64, 3), np.uint8))


MODELS = [
    Reader("model", _embedded(_model), _use_model, (raw, tensors_header("kirara_card"))),
    Reader("model-card", _card, _use_model, (raw, toml_values), ("model",)),
    Reader("models-listed", _embedded(_model), _list_models, (raw, tensors_header("kirara_card")),
           repairs=True),
    Reader("cards-listed", _card, _list_models, (raw, toml_values), repairs=True),
    Reader("forecaster", _embedded(_forecaster), load_forecaster,
           (raw, tensors_header("kirara_card"))),
    Reader("faces", _embedded(lambda folder: save_face_network(folder / "faces.safetensors")),
           _find_faces, (raw, tensors_header("kirara_card"))),
    Reader("likeness",
           _embedded(lambda folder: save_likeness_network(folder / "likeness.safetensors")),
           LikenessReader, (raw, tensors_header("kirara_card"))),
    Reader("faces-cascade", lambda folder: save_cascade(folder / "cascade.xml"), _find_faces,
           (raw, text_lines)),
    Reader("voice", _embedded(_voice), _use_voice, (raw, tensors_header("kirara_card"))),
    Reader("voice-shared", _shared_voice, _import_voice),
    Reader("classifier-network", _classifier("network"),
           lambda path: load_head(path.with_suffix(".safetensors"), PAINTINGS_NETWORK),
           (raw, toml_values)),
    Reader("classifier-features", _classifier("features"),
           lambda path: load_classifier(path.with_suffix(".safetensors")), (raw, toml_values)),
    Reader("archive-npz", _foreign, _read_archive, (raw, zipped())),
    Reader("array-npy", _array, read_array),
    Reader("run-checkpoint", _run, _read_run, (raw, tensors_header("fuzz"))),
    Reader("growing-checkpoint", _growing, _read_growing, (raw, tensors_header(GROWING_KEY))),
]  # fmt: skip

# Training runs


RUN = {"trainer": "package.module:train", "request": {"steps": 5, "folder": "/p"}}
EVENTS: list[dict[str, Any]] = [
    {"event": "started", "time": 1.0, "pid": 99999},
    {"event": "progress", "time": 2.0, "step": 1, "total": 5, "metrics": {"loss": 0.5}},
    {"event": "preview", "time": 3.0, "path": "previews/0000001.png"},
    {"event": "failed", "time": 4.0, "message": "Full.", "advice": "", "template": "Full.",
     "advice_template": "", "values": {}},
]  # fmt: skip


def _json_file(name: str, value: Any) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
        return folder / name

    return make


def _events(folder: Path) -> Path:
    lines = "".join(json.dumps(event) + "\n" for event in EVENTS)
    (folder / "events.jsonl").write_text(lines, encoding="utf-8")
    return folder / "events.jsonl"


def _read_events(path: Path) -> None:
    folder = RunFolder(path.parent)
    last_event(folder)
    child_of(folder)
    EventReader(folder).read(10)


def _read_train_request(path: Path) -> None:
    from kirara_studio.api.reading import read_json, reading

    with reading(path):
        TrainRequest.from_dict(read_json(path))


def _read_training_pictures(path: Path) -> None:
    from kirara_studio.api.reading import read_json, reading

    with reading(path):
        CharactersRequest.from_dict(read_json(path))


PICTURES_OF_A_TRAINING = CharactersRequest(
    "/p",
    pictures=TrainingPictures(
        ("/p",), (Crop("/p/1.png", Square(0, 1, 9)), Crop("/p/2.png", reason=UNREADABLE))
    ),
).to_dict()


RUNS = [
    Reader("run-json", _json_file("run.json", RUN), lambda path: RunFolder(path.parent).read_run(),
           (raw, json_values)),
    Reader("run-control", _json_file("control.json", {"wanted": "pause", "time": 1.0}),
           lambda path: Control(RunFolder(path.parent)).wanted, (raw, json_values), repairs=True),
    Reader("run-events", _events, _read_events, (raw, json_lines), repairs=True),
    Reader("run-request", _json_file(REQUEST, TrainRequest("clips", "/p").to_dict()),
           _read_train_request, (raw, json_values)),
    Reader("run-pictures", _json_file("run.json", PICTURES_OF_A_TRAINING), _read_training_pictures,
           (raw, json_values)),
    Reader("crop-cache", _crop_cache, _read_crop_cache, repairs=True),
]  # fmt: skip

# Speech


def _sound() -> np.ndarray:
    time = np.arange(12_000) / 22_050
    return 0.3 * np.sin(2 * np.pi * 200 * time) * np.sin(8 * np.pi * time) ** 2


def _recording(name: str, **options: Any) -> Make:
    def make(folder: Path) -> Path:
        (folder / "wavs").mkdir()
        path = folder / "wavs" / name
        soundfile.write(path, _sound(), 22_050, **options)
        soundfile.write(folder / "wavs" / "good.wav", _sound(), 22_050)
        table = f"{path.stem}|アイウエオ。\ngood|アイウエオ。\n"
        (folder / "metadata.csv").write_text(table, encoding="utf-8")
        return path

    return make


def _check_recordings(path: Path) -> None:
    report = check_folder(path.parents[1], "")
    assert report.used >= 1, "one bad file must not cost the good one"
    at_our_rate(load_sound(path))


def _table(folder: Path) -> Path:
    _recording("a.wav")(folder)
    return folder / "metadata.csv"


LINES = (Line("こんにちは。", "mei"), Line("元気ですか？", "mei").edited(None))
PROJECT = Script(LINES).at(0)
STYLES = {("x", 3): "x"}
VVPROJ = {
    "appVersion": "0.14",
    "talk": {
        "audioKeys": ["k1"],
        "audioItems": {
            "k1": {
                "text": "こん",
                "voice": {"engineId": "x", "speakerId": "y", "styleId": 3},
                "query": {
                    "accentPhrases": [
                        {
                            "moras": [
                                {"text": "コ", "consonant": "k", "consonantLength": 0.1,
                                 "vowel": "o", "vowelLength": 0.1, "pitch": 5.0},
                                {"text": "ン", "vowel": "N", "vowelLength": 0.1, "pitch": 5.0},
                            ],
                            "accent": 1,
                            "pauseMora": None,
                            "isInterrogative": False,
                        }
                    ],
                    "speedScale": 1, "pitchScale": 0, "intonationScale": 1, "volumeScale": 1,
                    "prePhonemeLength": 0.1, "postPhonemeLength": 0.1, "pauseLengthScale": 1,
                    "outputSamplingRate": 24000,
                },
            }
        },
    },
}  # fmt: skip


def _characters_project(folder: Path) -> Path:
    character = Character(5).stepped(7, 0.3).changed({"yaw": 0.5, "glasses": "round"})
    scene = Scene(pins=(Pin(character),), near=character, changes=character.changes)
    path, one = folder / "a.kirara-characters", character.to_dict()
    values = {"format": "kirara-characters", "version": 1, "scene": scene.to_dict()}
    write_atomically(path, json_text({**values, "favourites": [one]}))
    return path


def _read_characters(path: Path) -> None:
    values = read_project(path)
    scene_of(values, Scene())
    for value in values["favourites"]:
        read_character(value)


def _project(folder: Path) -> Path:
    save_project(folder / "a.kirara-speech", PROJECT)
    return folder / "a.kirara-speech"


def _text(folder: Path) -> Path:
    (folder / "a.txt").write_bytes("春です。夏です。\n秋".encode("cp932"))
    return folder / "a.txt"


def _made_sound(name: str) -> Make:
    def make(folder: Path) -> Path:
        settings = remembered(LINES, name[-4:])
        save_sound(folder / name, [_sound().astype(np.float32)], settings)
        return folder / name

    return make


def _lines_of_sound(path: Path) -> None:
    lines_of(recall_sound(path))


def _user_dictionary(folder: Path) -> Path:
    dictionary = UserDictionary(folder)
    dictionary.add(word("煌", "キラ", 1))
    return folder / "user-dictionary.json"


def _voicevox_dictionary(folder: Path) -> Path:
    write_voicevox_file(folder / "dictionary.json", {"a": word("煌", "キラ", 1)})
    return folder / "dictionary.json"


def _presets(folder: Path) -> Path:
    Presets(folder).put("速い", Preset("mei", Prosody(speed=1.2)))
    return folder / "manners.json"


PRESET = {
    "id": 1, "name": "速い", "speaker_uuid": "a", "style_id": 2, "speedScale": 1.5,
    "pitchScale": 0.0, "intonationScale": 1.0, "volumeScale": 1.0, "prePhonemeLength": 0.1,
    "postPhonemeLength": 0.1, "pauseLengthScale": 1.0, "pauseLength": 0.5,
}  # fmt: skip

SPEECH = [
    *(
        Reader(f"sound-{name}", _recording(f"a.{name}", **options), _check_recordings)
        for name, options in {
            "wav": {}, "flac": {}, "ogg": {}, "mp3": {}, "aiff": {},
        }.items()
    ),
    Reader("sound-float", _recording("a.wav", subtype="FLOAT"), _check_recordings),
    Reader("sound-adpcm", _recording("a.wav", subtype="IMA_ADPCM"), _check_recordings),
    Reader("recordings-table", _table, lambda path: check_folder(path.parent, "japanese"),
           (raw, text_lines)),
    Reader("lines-wav", _made_sound("a.wav"), _lines_of_sound, (raw,), ("text",)),
    Reader("lines-flac", _made_sound("a.flac"), _lines_of_sound, (raw,), ("text",)),
    Reader("project", _project, load_project, (raw, json_values)),
    Reader("project-characters", _characters_project, _read_characters, (raw, json_values)),
    Reader("vvproj", _json_file("a.vvproj", VVPROJ), lambda path: load_voicevox(path, STYLES),
           (raw, json_values)),
    Reader("text", _text, load_text, (raw, text_lines)),
    Reader("user-dictionary", _user_dictionary, lambda path: UserDictionary(path.parent).words,
           (raw, json_values), repairs=True),
    Reader("voicevox-dictionary", _voicevox_dictionary, read_voicevox_file, (raw, json_values)),
    Reader("presets", _presets, lambda path: Presets(path.parent).all(), (raw, json_values),
           repairs=True),
    Reader("presets-served", _json_file("voicevox-presets.json", [PRESET]),
           lambda path: PresetStore(path.parent).all(), (raw, json_values), repairs=True),
]  # fmt: skip

# Releases


TODAY = date(2026, 11, 28)
RULES = (
    b"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Releases\r\nX-WR-TIMEZONE:Asia/Tokyo\r\n"
    b"BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:20000101T000000\r\n"
    b"TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nRRULE:FREQ=YEARLY\r\nEND:STANDARD\r\n"
    b"END:VTIMEZONE\r\n"
    b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Own:20261201T090000\r\nSUMMARY:MAX\r\n"
    b"RRULE:FREQ=MONTHLY;COUNT=12;BYMONTHDAY=1,19\r\nEXDATE;TZID=Own:20270101T090000\r\n"
    b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;TZID=Own:20270201T090000\r\n"
    b"DTSTART;TZID=Own:20270203T090000\r\nSUMMARY:MAX moved\r\nSEQUENCE:2\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261209\r\nRDATE;VALUE=DATE:20270109\r\n"
    b"DURATION:P1D\r\nSUMMARY:\xe3\x81\x8d\xe3\x82\x89\xe3\x82\x89\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)
FEED = {"title": "Releases", "items": [
    {"date": "2026-12-09", "title": "きらら"}, {"start": "2026-12-19T09:00:00+09:00"}, "2027-01-09",
]}  # fmt: skip


def _bytes_file(name: str, content: bytes) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _own_calendar(folder: Path) -> Path:
    start, end = date(2026, 10, 1), date(2027, 3, 1)
    content = calendar_bytes(releases_between(bundled(), start, end))
    (folder / "a.ics").write_bytes(content)
    return folder / "a.ics"


def _read_calendar(path: Path) -> None:
    read_file(path, today=TODAY)


def _read_feed(path: Path) -> None:
    read_content(path.read_bytes(), path.name, content_type="text/calendar", today=TODAY)


def _magazines(folder: Path) -> Path:
    catalogue = Catalogue(folder)
    catalogue.put(replace(bundled()[0], title="別の名前"))
    return folder / MAGAZINES


def _read_magazines(path: Path) -> None:
    Catalogue(path.parent).best()
    magazines = Catalogue(path.parent).magazines
    releases_between(magazines, date(2026, 10, 1), date(2027, 3, 1))


def _database(folder: Path) -> Path:
    store = ReleaseStore(folder)
    store.set_bought("kirara", "2026-12-09", 5.0)
    for number in range(40):
        store.set_note("max", f"2026-{number}", "付録" * 20)
    store.put_feed("https://example.org/a.ics", FeedState((date(2026, 12, 9),), etag="x"))
    store.close()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / DATABASE


def _use_database(path: Path) -> None:
    try:
        store = ReleaseStore(path.parent, _no_text)
    except UserError as error:
        if "newer Kirara Studio" in str(error):  # a flipped bit of the version says no less
            return
        raise
    try:
        store.marks()
        store.deliveries()
        store.refused_since(0.0)
        store.feed("https://example.org/a.ics")
        store.set_note("max", "1", "new")
        assert store.marks()[("max", "1")].note == "new"
    finally:
        store.close()


RELEASES = [
    Reader("calendar", _bytes_file("a.ics", RULES), _read_calendar, (raw, text_lines)),
    Reader("calendar-own", _own_calendar, _read_calendar, (raw, text_lines)),
    Reader("feed-ics", _bytes_file("feed", RULES), _read_feed, (raw, text_lines)),
    Reader("feed-json", _json_file("a.json", FEED), _read_feed, (raw, json_values)),
    Reader("magazines", _magazines, _read_magazines, (raw, toml_values)),
    Reader("database", _database, _use_database, repairs=True),
]

# Files that the studio keeps


def _journal(folder: Path) -> Path:
    journal = Journal.begin(
        SortRequest(((Path("/p/0.png"), "Pop Art"),), folder, True, folder / "sort.jsonl")
    )
    for number in range(3):
        journal.note(Path(f"/p/{number}.png"), Path(f"/q/{number}.png"))
    return journal.path


SESSION = {"panels": {"a": {"plugin": "b", "fresh": True, "reason": "ended"}}, "crash_log": 0}


def _read_session(path: Path) -> object:
    crash_log = path.with_name("crash.log")
    crash_log.write_text("Fatal Python error\n")
    journal = SessionJournal(path, crash_log)
    journal.find_culprits({"b": "b"})
    return journal.held


def _read_journal(path: Path) -> None:
    interrupted_job(path.parent, _Tools())
    finished_job(SortRequest((), path.parent / "sorted", False, path), _Tools())


STATE = {
    "window": {"panel": "speech", "clip": "/p/a.png", "sizes": [1, 2]},
    "panel.speech": {"script": PROJECT.to_dict(), "saved": False},
}
NOTICES = [{"title": "発売", "text": "今日", "panel": "releases", "id": "releases.1",
            "actions": [{"id": "bought", "title": "Bought"}]}]  # fmt: skip
LABELS = {"format": 1, "labels": {"": {"/p/one.png": "Pop Art"}},
          "classes": [{"name": "cats", "pictures": ["/p/1.png"]}]}  # fmt: skip


def _read_state(path: Path) -> None:
    state = StateStore(path)
    for name in STATE:
        dict(state.section(name))


def _read_settings(path: Path) -> None:
    from kirara_speech.settings import PAGE

    SettingsStore(path, Secrets(path.with_name("secrets.json"))).page(PAGE)


def _read_labels(path: Path) -> None:
    store = LabelStore(path)
    store.label("", Path("/p/one.png"))
    list(store.classes)


def _launch_agent(folder: Path) -> Path:
    MacAutostart(["x"], folder).enable()
    return next(folder.glob("*.plist"))


FEED = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>A</title>
<item><title>B &amp; C</title><link>https://example.org/1</link><guid>1</guid>
<pubDate>Wed, 01 Apr 2026 09:00:00 +0900</pubDate><category>d</category>
<enclosure url="/1.png" type="image/png" length="9"/><media:thumbnail url="/2.png" width="9"/>
<description>&lt;p&gt;e&lt;img src="/3.png" alt="f"&gt;</description></item></channel></rss>
"""

ILLUSTRATIONS = [
    Reader("illustrations-feed", _bytes_file("feed.xml", FEED),
           lambda path: read_feed(path.read_bytes(), "https://example.org/feed.xml"),
           (raw, text_lines), names=("example.org",)),
]  # fmt: skip

DESKTOP = (
    b"[Desktop Entry]\nType=Application\nName=Kirara Studio\nExec=kirara-studio --background\n"
)

HOST = [
    Reader("state", _json_file("state.json", STATE), _read_state, (raw, json_values), repairs=True),
    Reader("settings", _bytes_file("settings.toml", b'[speech]\nengines = "x"\n\n[b]\nc = 1\n'),
           _read_settings, (raw, toml_values), repairs=True),
    Reader("switches", _bytes_file("plugins.toml", b'disabled = ["a", "b"]\n'),
           lambda path: PluginSwitches(path).disabled, (raw, toml_values), repairs=True),
    Reader("inbox", _json_file("inbox.json", NOTICES), lambda path: Inbox(path).unread(),
           (raw, json_values), repairs=True),
    Reader("labels", _json_file("remembered.json", LABELS), _read_labels, (raw, json_values),
           repairs=True),
    Reader("loading", _json_file("loading.json", {"plugin": "a", "process": 99999}),
           lambda path: LoadingJournal(path).suspect, (raw, json_values), repairs=True),
    Reader("session", _json_file("session.json", SESSION), _read_session, (raw, json_values),
           repairs=True),
    Reader("journal", _journal, _read_journal, (raw, json_lines), repairs=True),
    Reader("autostart-xdg", _bytes_file("autostart/kirara-studio.desktop", DESKTOP),
           lambda path: XdgAutostart(["x"], path.parents[1]).is_enabled(), (raw, text_lines),
           repairs=True),
    Reader("autostart-mac", _launch_agent,
           lambda path: MacAutostart(["x"], path.parent).is_enabled(), (raw, text_lines),
           repairs=True),
]  # fmt: skip

GROUPS: dict[str, list[Reader]] = {
    "pictures": PICTURES,
    "saved": SAVED,
    "clips": CLIPS,
    "models": MODELS,
    "runs": RUNS,
    "speech": SPEECH,
    "releases": RELEASES,
    "illustrations": ILLUSTRATIONS,
    "host": HOST,
}


def all_readers() -> Iterator[Reader]:
    """The readers of all groups."""
    for readers in GROUPS.values():
        yield from readers
