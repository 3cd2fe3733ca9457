"""Frames of videos of all kinds, beside those of ffmpeg, the program."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from kirara_foresight.clips.opening import open_clip
from kirara_foresight.clips.video import Video
from kirara_studio.api.errors import UserError

needs_ffmpeg = pytest.mark.skipif(
    shutil.which("ffmpeg") is None, reason="ffmpeg, the program, is not installed"
)

SOURCE = "testsrc2=size=128x96:rate=10:duration=2.4"
H264 = "-c:v libx264 -preset ultrafast -g 8 -threads 1"
INTERLACE = "tinterlace=interleave_top,fieldorder=tff"
WOVEN = "bwdif=mode=send_frame:deint=interlaced"
HDR = f"{H264} -pix_fmt yuv420p10le -color_primaries bt2020 -colorspace bt2020nc -color_range tv"
SOFT = "gblur=sigma=8"  # colours between pixels are where programs differ
GREY = "hue=s=0"  # of colours in HLG, ffmpeg 5 makes light in a way of its own
TO_SDR = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:param=0.3:desat=0:"
    "peak={peak},zscale=t=bt709:r=full,format=gbrp,format=rgb24"
)
STEADY_THEN_NOT = "setpts='if(lt(N,9),N,9+(N-9)*2.7)/10/TB'"

# name, how it is made of the source, its filter, what ffmpeg does before it compares
FILES: tuple[tuple[str, str, str, str], ...] = (
    ("plain.mp4", f"{H264} -bf 2", "", ""),
    ("index first.mp4", f"{H264} -movflags +faststart", "", ""),
    ("fragments.mp4", f"{H264} -movflags frag_keyframe+empty_moov", "", ""),
    ("variable.mp4", f"{H264} -bf 2 -vsync vfr", STEADY_THEN_NOT, ""),
    ("variable.mkv", f"{H264} -vsync vfr", STEADY_THEN_NOT, ""),
    ("interlaced.mpg", "-c:v mpeg2video -q:v 2 -flags +ildct+ilme -g 6", INTERLACE, WOVEN),
    ("interlaced.ts", f"{H264} -x264-params interlaced=1", INTERLACE, WOVEN),
    ("interlaced.mkv", "-c:v ffv1 -field_order tt", INTERLACE + ",setfield=tff", WOVEN),
    ("pq.mp4", f"{HDR} -color_trc smpte2084", SOFT, TO_SDR.format(peak=10000 / 203)),
    ("hlg.mkv", f"{HDR} -color_trc arib-std-b67", GREY, TO_SDR.format(peak=1000 / 203)),
    ("wide pixels.mp4", H264, "setsar=4/3", ""),
    ("tall pixels.mkv", H264, "setsar=8/9", ""),
    ("open gop.ts", f"{H264} -bf 2 -x264-params open-gop=1", "", ""),
    ("mpeg2.ts", "-c:v mpeg2video -q:v 2 -bf 2 -g 9", "", ""),
    ("mpeg4.avi", "-c:v mpeg4 -q:v 2 -bf 2 -g 9", "", ""),
    ("mjpeg.avi", "-c:v mjpeg -q:v 2 -pix_fmt yuvj422p", "", ""),
    ("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 8 -threads 1", "", ""),
    ("odd.mkv", "-c:v ffv1 -pix_fmt yuv444p", "crop=127:95:0:0", ""),
    ("alpha.mov", "-c:v qtrle", "format=argb,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='2*X'", ""),
    ("ten bits.mp4", f"{H264} -pix_fmt yuv420p10le", "", ""),
    ("grey.mkv", "-c:v ffv1 -pix_fmt gray", "", ""),
    ("bt709.mp4", f"{H264} -colorspace bt709 -color_range tv", "", ""),
    ("bare.h264", f"{H264} -bf 2", "", ""),
    ("flash.flv", f"{H264} -bf 2", "", ""),
)


def run(*arguments: str) -> bytes:
    command = ["ffmpeg", "-v", "error", "-nostdin", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def make(path: Path, how: str, filters: str = "") -> Path:
    chain = ["-vf", filters] if filters else []
    run("-f", "lavfi", "-i", SOURCE, *chain, *how.split(), "-y", str(path))
    return path


def beside_ffmpeg(path: Path, size: tuple[int, int], filters: str = "", *more: str) -> np.ndarray:
    """The frames that the program ffmpeg shows of a file (time, height, width, 3)."""
    height, width = size
    pixels = "rgba" if "alpha" in path.name else "rgb24"
    scale = f"scale={width}:{height}:flags=bicubic+accurate_rnd+full_chroma_int"
    data = run(
        *more, "-i", str(path), "-map", "0:v:0", "-vsync", "passthrough", "-vf",
        ",".join(filter(None, [filters, scale])), "-f", "rawvideo", "-pix_fmt", pixels, "-",
    )  # fmt: skip
    frames = np.frombuffer(data, np.uint8).reshape(-1, height, width, len(pixels.rstrip("24")))
    if pixels == "rgb24":
        return frames
    share = frames[..., 3:] / 255
    return (frames[..., :3] * share + 255 * (1 - share)).round().astype(np.uint8)


def differences(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Mean absolute difference of each frame."""
    return np.abs(ours.astype(float) - theirs).mean((1, 2, 3))


def read(video: Video, first: int = 0, count: int = 10**6) -> np.ndarray:
    return np.stack(list(video.frames(first, count)))


@needs_ffmpeg
@pytest.mark.parametrize(("name", "how", "filters", "shown"), FILES, ids=[f[0] for f in FILES])
def test_every_frame_is_ffmpegs(
    tmp_path: Path, name: str, how: str, filters: str, shown: str
) -> None:
    path = make(tmp_path / name, how, filters)
    video = Video(path)
    ours = read(video)
    theirs = beside_ffmpeg(path, video.size, shown)
    assert len(ours) == len(theirs) == video.count
    # Tone mapping is rounded in other places.
    assert differences(ours, theirs).max() < (2.5 if "tonemap" in shown else 1.0)
    assert np.abs(np.diff(ours.astype(float), axis=0)).mean((1, 2, 3)).min() > 0.2, "all differ"
    order = [17, 3, 4, 11, 2, 0] if len(ours) > 17 else [9, 3, 4, 7, 2, 0]
    for number in order:  # in any order they are the same
        (again,) = read(video, number, 1)
        assert np.abs(again.astype(float) - ours[number]).mean() < 0.01
    video.close()


@needs_ffmpeg
def test_a_turned_video_is_upright(tmp_path: Path) -> None:
    path = make(tmp_path / "turned.mp4", H264)
    data = bytearray(path.read_bytes())
    place = data.index(b"tkhd") + 44
    one = 1 << 16
    data[place : place + 36] = struct.pack(">9i", 0, one, 0, -one, 0, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    video = Video(path)
    assert video.size == (128, 96)
    assert differences(read(video), beside_ffmpeg(path, video.size)).max() < 1.0


@needs_ffmpeg
def test_what_an_edit_list_cuts_off_is_not_shown(tmp_path: Path) -> None:
    whole = make(tmp_path / "whole.mp4", f"{H264} -bf 2")
    path = tmp_path / "cut.mp4"
    run("-ss", "0.55", "-i", str(whole), "-c", "copy", "-y", str(path))
    assert b"elst" in path.read_bytes()
    video = Video(path)
    theirs = beside_ffmpeg(path, video.size)
    assert video.count == len(theirs) < 24 and video.promised == video.count
    assert differences(read(video), theirs).max() < 1.0


@needs_ffmpeg
@pytest.mark.parametrize("name", ["end.mp4", "end.mkv", "both.ts", "both.mpg"])
def test_cut_files_have_the_frames_that_are_there(tmp_path: Path, name: str) -> None:
    """Nothing of a frame that is cut in two is shown: the rest of it would be foreign memory."""
    codec = "-c:v mpeg2video -q:v 2 -g 6" if name == "both.mpg" else H264
    path = make(tmp_path / name, f"{codec} -movflags +faststart" if "mp4" in name else codec)
    data = path.read_bytes()
    path.write_bytes(data[len(data) // 4 if "both" in name else 0 : len(data) * 3 // 4])
    video = Video(path)
    ours, theirs = read(video), beside_ffmpeg(path, video.size)
    assert 5 < video.count < 20 and len(ours) == video.count
    if name == "end.mp4":
        assert video.promised == 24
    # ffmpeg shows broken frames too.
    first = int(np.argmin([differences(ours[:1], one[None])[0] for one in theirs]))
    assert len(theirs) - len(ours) <= 3
    assert differences(ours, theirs[first : first + len(ours)]).max() < 1.0


@needs_ffmpeg
def test_a_wrong_number_in_the_header_is_not_believed(tmp_path: Path) -> None:
    path = make(tmp_path / "long.mkv", f"{H264} -metadata:s:v NUMBER_OF_FRAMES=993")
    data = path.read_bytes()
    place = data.index(b"\x44\x89\x88")  # the duration, in milliseconds
    path.write_bytes(data[: place + 3] + struct.pack(">d", 99_300.0) + data[place + 11 :])
    video = Video(path)
    assert video.count == video.promised == 24
    assert video.fps == pytest.approx(10, abs=0.1)


@needs_ffmpeg
@pytest.mark.parametrize("damage", [lambda size: size // 2, lambda size: size // 3])
def test_damage_in_the_middle_shows_no_foreign_memory(
    tmp_path: Path, damage: Callable[[int], int]
) -> None:
    path = make(tmp_path / "hole.ts", f"{H264} -bf 0")
    data = bytearray(path.read_bytes())
    place = damage(len(data)) // 188 * 188
    data[place : place + 188 * 6] = bytes(188 * 6)
    path.write_bytes(data)
    video = Video(path)
    ours, theirs = read(video), beside_ffmpeg(path, video.size)
    assert 12 < len(ours) == video.count
    for one in ours:
        assert min(differences(theirs, one[None])) < 1.0


@needs_ffmpeg
def test_an_unknown_codec_is_refused(tmp_path: Path) -> None:
    """PyAV crashes if it is asked to decode such a stream."""
    path = make(tmp_path / "odd.mp4", H264)
    path.write_bytes(path.read_bytes().replace(b"avc1", b"xyz1").replace(b"avcC", b"xyzC"))
    with pytest.raises(UserError, match="of an unknown kind"):
        Video(path)


@needs_ffmpeg
def test_a_video_may_change_its_size(tmp_path: Path) -> None:
    """In a process of its own: what it could damage is the memory."""
    whole = make(tmp_path / "a.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 4")
    run("-f", "lavfi", "-i", SOURCE.replace("128x96", "96x704"), "-c:v", "libvpx-vp9",
        "-deadline", "realtime", "-cpu-used", "8", "-g", "4", str(tmp_path / "b.webm"))  # fmt: skip
    path = tmp_path / "both.mkv"
    frames: list[bytes] = []
    for part in (whole, tmp_path / "b.webm"):
        with av.open(str(part)) as source:
            frames += [bytes(packet) for packet in source.demux(video=0) if packet.size]
    with av.open(str(path), "w") as made, av.open(str(whole)) as source:
        stream = made.add_stream_from_template(source.streams.video[0])
        for number, data in enumerate(frames):
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, Fraction(1, 10)
            packet.pts = packet.dts = number
            packet.is_keyframe = number % 4 == 0
            made.mux(packet)
    code = (
        "import sys; from pathlib import Path; from kirara_foresight.clips.video import Video\n"
        "for _ in range(5):\n"
        "    video = Video(Path(sys.argv[1]))\n"
        "    shapes = {one.shape for one in video.frames(0, 99)}\n"
        "    video.close()\n"
        "print(video.count, shapes)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout == "48 {(96, 128, 3)}\n", done.stderr


@needs_ffmpeg
def test_playlists_open_no_other_file(tmp_path: Path) -> None:
    make(tmp_path / "part.ts", H264)
    for text in (
        "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:2.4,\npart.ts\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile part.ts\n",
    ):
        (tmp_path / "list.mp4").write_text(text)
        with pytest.raises(UserError, match=r"list\.mp4"):
            open_clip(tmp_path / "list.mp4")
