"""Opens clips of all kinds."""

from __future__ import annotations

from pathlib import Path

from kirara_foresight.clips.animation import AnimatedPicture, is_picture
from kirara_foresight.clips.clip import Clip
from kirara_foresight.clips.folder import PictureFolder, RadarFolder
from kirara_foresight.clips.video import Video
from kirara_foresight.radar import is_radar_file, is_radar_folder
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_folder


def open_clip(path: Path, radar: bool | None = None) -> Clip:
    """Open a video, an animated picture, or a folder of pictures in the order of their names.

    Files of a weather radar are recognised by their names and headers; ``radar`` decides it
    instead for a folder. Raises UserError if nothing at ``path`` can be read, or only one frame.
    """
    if is_folder(path):
        weather = is_radar_folder(path) if radar is None else radar
        clip: Clip = RadarFolder(path) if weather else PictureFolder(path)
    elif not exists(path):
        raise UserError("There is no file “{path}”.", advice="Check the name.", path=path)
    elif is_radar_file(path):
        clip = RadarFolder(path)
    else:
        clip = AnimatedPicture(path) if is_picture(path) else Video(path)
    if clip.count < 2:
        clip.close()
        raise UserError(
            "“{file}” holds a single frame, so nothing moves in it.",
            advice="Choose a video, an animated GIF or WebP, or a folder of pictures.",
            file=path.name,
        )
    return clip
