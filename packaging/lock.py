"""Write requirements.lock: the versions that this environment was tested with.

The lock is a constraints file for plain pip (``pip install -c requirements.lock .``), so one
file serves all platforms: a package that only Windows needs is resolved there as usual.
"""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Installed with every environment, or by hand while developing; not ours to pin.
NOT_OURS = {"pip", "setuptools", "wheel", "kirara-studio"}


def closure(name: str, extras: frozenset[str], seen: dict[str, str]) -> None:
    """Collect ``name`` and all that it needs on this machine into ``seen``."""
    from packaging.requirements import Requirement

    distribution = importlib.metadata.distribution(name)
    for text in distribution.requires or ():
        requirement = Requirement(text)
        environments = [{"extra": extra} for extra in extras] or [{"extra": ""}]
        if requirement.marker and not any(requirement.marker.evaluate(e) for e in environments):
            continue
        key = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if key in seen:
            continue
        # The CPU build of torch calls itself 2.13.0+cpu; other machines have other builds.
        seen[key] = importlib.metadata.version(requirement.name).partition("+")[0]
        closure(requirement.name, frozenset(requirement.extras), seen)


def main() -> None:
    """Write the lock of the whole distribution, the developers' tools included."""
    seen: dict[str, str] = {}
    closure("kirara-studio", frozenset({"", "dev"}), seen)
    lines = [f"{name}=={version}" for name, version in sorted(seen.items()) if name not in NOT_OURS]
    header = "# Made by `make lock`. Use: pip install -c requirements.lock .\n"
    (ROOT / "requirements.lock").write_text(header + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
