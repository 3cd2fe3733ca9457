"""Opens whatever moves."""

from __future__ import annotations

from pathlib import Path

from kirara_foresight.clips.animation import AnimatedPicture
from kirara_foresight.clips.clip import Clip
from kirara_foresight.clips.folder import PictureFolder
from kirara_foresight.clips.radar_folder import RadarFolder
from kirara_foresight.clips.video import Video
from kirara_studio.api.errors import UserError


def open_clip(path: Path) -> Clip:
    """Open a video, an animated picture, or a folder of pictures in the order of their names.

    Raises :class:`UserError` where there is nothing at ``path`` that can be read, or only one
    frame.
    """
    path = Path(path)
    if path.is_dir():
        clip: Clip = RadarFolder(path) if RadarFolder.is_one(path) else PictureFolder(path)
    elif not path.exists():
        raise UserError("There is no file “{path}”.", advice="Check the name.", path=path)
    elif AnimatedPicture.is_one(path):
        clip = AnimatedPicture(path)
    else:
        clip = Video(path)
    if clip.count < 2:
        clip.close()
        raise UserError(
            "“{file}” holds a single frame, so nothing moves in it.",
            advice="Choose a video, an animated GIF or WebP, or a folder of pictures.",
            file=path.name,
        )
    return clip
