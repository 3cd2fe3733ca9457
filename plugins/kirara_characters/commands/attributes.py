"""Commands about attributes: list them, set them, and read them from a picture."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from kirara_characters.commands.arguments import add_size_and_model, picture_path
from kirara_characters.networks.character import Character, Value
from kirara_characters.networks.latents import Attribute
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.saving import save_picture


def add_set(parser: argparse.ArgumentParser) -> None:
    """Add --set; :func:`with_attributes` reads it."""
    text = "an attribute, as “characters attributes” lists them; may be given again"
    add = parser.add_argument
    add("--set", action="append", default=[], metavar="NAME=VALUE", dest="attributes", help=text)


def with_attributes(
    characters: Sequence[Character], arguments: argparse.Namespace, context: CommandContext
) -> tuple[Character, ...]:
    """The characters with the attributes of --set.

    Raises :class:`UserError` for one that the model does not have, or whose value does not fit.
    """
    if not arguments.attributes:
        return tuple(characters)
    known = {one.name: one for one in _attributes(arguments.model, context)}
    changes = dict(_change(text, known) for text in arguments.attributes)
    return tuple(character.changed(changes) for character in characters)


def _change(text: str, known: dict[str, Attribute]) -> tuple[str, Value]:
    name, equals, value = text.partition("=")
    attribute = known.get(name)
    if not equals or attribute is None:
        raise UserError(
            "“{text}” sets no attribute of this model.",
            advice="Write NAME=VALUE, with a name that “characters attributes” lists.",
            text=text,
        )
    read = _value(attribute, value)
    if read is None:
        raise UserError(
            "“{value}” is no value of “{name}”.",
            advice="Use {allowed}.",
            value=value,
            name=name,
            allowed=_allowed(attribute),
        )
    return name, read


def _value(attribute: Attribute, text: str) -> Value | None:
    """The value in a text, or None if it does not fit."""
    if attribute.kind == "choice":
        return text if text in attribute.choices else None
    if attribute.kind == "flag":
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())
    if attribute.kind == "colour":
        levels = text.removeprefix("#")
        hexadecimal = len(levels) == 6 and all(c in "0123456789abcdefABCDEF" for c in levels)
        return f"#{levels}" if hexadecimal else "" if not text and attribute.optional else None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if attribute.low <= number <= attribute.high else None


def _allowed(attribute: Attribute) -> str:
    if attribute.kind == "choice":
        return ", ".join(attribute.choices)
    if attribute.kind == "flag":
        return "yes or no"
    if attribute.kind == "colour":
        return "a colour like #f29fb8" + (", or nothing" if attribute.optional else "")
    return f"{attribute.low:g} to {attribute.high:g}"


def _attributes(model: str, context: CommandContext) -> tuple[Attribute, ...]:
    from kirara_characters.jobs import attributes_job
    from kirara_characters.requests import AttributesRequest

    request = AttributesRequest(Character(0), model, context.data_folder)
    return attributes_job(request, context.tools()).attributes


def configure_attributes(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`attributes`."""
    parser.add_argument("--model", default="", metavar="FILE", help="(default: the bundled one)")
    parser.add_argument("--json", action="store_true", help="as JSON")


def attributes(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the attributes of a model, and what each may be."""
    found = _attributes(arguments.model, context)
    if arguments.json:
        print(json.dumps({one.name: _allowed(one) for one in found}, indent=1))
        return
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        print(f"{one.name:{width}}  {_allowed(one)}")


def configure_like(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`like`."""
    parser.add_argument("picture", type=Path, help="with a drawn face")
    add_size_and_model(parser)
    text = "a .png or .webp, or a folder"
    parser.add_argument("--out", type=Path, required=True, metavar="DIR|FILE", help=text)


def like(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Draw the character that is most like the one in a picture."""
    from kirara_characters.jobs import generate_job, likeness_job
    from kirara_characters.requests import GenerateRequest, LikenessRequest
    from kirara_characters.saved_settings import picture_settings

    tools, model, folder = context.tools(), arguments.model, context.data_folder
    found = likeness_job(LikenessRequest(arguments.picture.absolute(), model, folder), tools)
    request = GenerateRequest((found.character,), arguments.size, model, folder)
    drawn = generate_job(request, tools)
    path = picture_path(arguments.out, f"{arguments.picture.stem}-likeness.png")
    save_picture(
        path, drawn.pictures[0], picture_settings(found.character, arguments.size, drawn.model)
    )
    print(f"Saved {path} ({found.distance:.1f} of 256 levels from the picture, on average)")
