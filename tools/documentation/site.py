"""Hooks of mkdocs: generated pages, pages from the top of the repository, and links to source.

Named in ``mkdocs.yml``. Nothing is written into the working tree.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files

from tools.documentation import hook_reference, widget_reference
from tools.documentation.links import PAGES, for_site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

GENERATED = {
    "hook-reference.md": hook_reference.page,
    "widget-reference.md": widget_reference.page,
}


def on_files(files: Files, config: MkDocsConfig, **_: Any) -> Files:
    """Add the generated pages, those from the top of the repository, and the icon."""
    for name, make in GENERATED.items():
        files.append(File.generated(config, name, content=make()))
    root = Path(config.config_file_path).parent
    for source, name in PAGES.items():
        text = (root / source).read_text(encoding="utf-8")
        address = _repository(config)
        content = for_site(text, source, name, address)
        files.append(File.generated(config, name, content=content))
    icon = root / "resources" / "icons" / "app" / "kirara-studio.svg"
    content = icon.read_text(encoding="utf-8")
    files.append(File.generated(config, "pictures/kirara-studio.svg", content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Rewrite links that leave the folder of documents."""
    name = page.file.src_uri
    if name in PAGES.values() or name in GENERATED:
        return markdown
    return for_site(markdown, f"docs/{name}", name, _repository(config))


def _repository(config: MkDocsConfig) -> str:
    return f"{config.repo_url.rstrip('/')}/blob/main" if config.repo_url else ""
