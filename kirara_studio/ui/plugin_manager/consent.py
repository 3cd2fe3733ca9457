"""Asks before a plugin is installed, or built from its source."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QScrollArea, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Icon, Label, error_words
from kirara_studio.api.widgets.inspector import scroll_in
from kirara_studio.api.widgets.layouts import row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.host.installation.values import (
    BuildQuestion,
    InstallQuestion,
    Package,
    Question,
)
from kirara_studio.ui.plugin_manager.words import size_in_words

_FACTS_WIDTH, _LONGEST_FACTS = 510, 340


class ConsentDialog(Translated, QDialog):
    """Shows what is known of a plugin before any of its code runs. ``answered`` is sent once."""

    answered = Signal(bool)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        tokens = current_tokens()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(580)
        self._heading = Label(size=17, bold=True, wrap=True)
        self._summary = Label(question.summary, wrap=True)
        self._summary.setVisible(bool(question.summary))
        facts = QWidget()
        self._form = QFormLayout(facts)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(tokens.space_l)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        scroll_in(self._scroll, facts)
        self._warning = Label(wrap=True)
        self.refuse = Button()
        self.agree = Button(kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.space_xl,) * 4)
        column.setSpacing(tokens.space_m)
        column.addWidget(self._heading)
        column.addWidget(self._summary)
        column.addWidget(self._scroll, 1)
        column.addLayout(row(Icon("shield", "attention_text", 20), (self._warning, 1)))
        column.addLayout(row(None, self.refuse, self.agree))
        self.agree.clicked.connect(self.accept)
        self.refuse.clicked.connect(self.reject)
        self.finished.connect(lambda result: self.answered.emit(bool(result)))
        self._retranslate()
        height = self._form.totalHeightForWidth(_FACTS_WIDTH) + 4
        self._scroll.setFixedHeight(min(_LONGEST_FACTS, height))
        self.adjustSize()
        self.refuse.setFocus()

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is listed, with its labels."""
        if isinstance(self.question, InstallQuestion):
            return self._facts_of_install(self.question)
        return self._facts_of_build(self.question)

    def _facts_of_build(self, question: BuildQuestion) -> list[tuple[str, str]]:
        return [
            (self.tr("Source"), question.source),
            (self.tr("Author"), question.author),
            (self.tr("Licence"), question.licence),
            (self.tr("Built with"), question.backend),
        ]

    def _facts_of_install(self, question: InstallQuestion) -> list[tuple[str, str]]:
        added = [one for one in question.others if not one.old]
        replaced = [one for one in question.others if one.old and one.new]
        removed = [one for one in question.others if one.old and not one.new]
        return [
            (self.tr("Author"), question.author or self.tr("not stated")),
            (self.tr("Licence"), question.licence or self.tr("not stated")),
            (self.tr("Home page"), question.home),
            (self.tr("Source"), question.source),
            (self.tr("Adds"), "\n".join(question.entry_points)),
            (self.tr("Replaces"), question.package.old),
            (self.tr("Also installs"), _listed(added)),
            (self.tr("Also replaces"), _listed(replaced)),
            (self.tr("Also removes"), _listed(removed)),
            (self.tr("Size"), size_in_words(question.size)),
            (self.tr("Note"), "\n".join(" ".join(error_words(one)) for one in question.warnings)),
        ]

    def _retranslate(self) -> None:
        question = self.question
        name = f"{question.name} {question.version}".strip() or question.source
        if isinstance(question, InstallQuestion):
            heading, agree = self.tr("Install {name}?"), self.tr("Install")
            warning = self.tr(
                "A plugin can do whatever you can do on this computer. Install only what you trust."
            )
        else:
            heading, agree = self.tr("Build {name} from its source?"), self.tr("Build it")
            warning = self.tr(
                "Building runs code of this source, before the studio can check what is in it. "
                "Build only what you trust."
            )
        self.setWindowTitle(heading.format(name=name))
        self._heading.setText(heading.format(name=name))
        self._warning.setText(warning)
        self.agree.setText(agree)
        self.refuse.setText(self.tr("Cancel"))
        self.setAccessibleDescription(warning)
        while self._form.rowCount():
            self._form.removeRow(0)
        for label, value in self.facts:
            if value:
                text = Label(value, wrap=True)
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._form.addRow(Label(label, tone="text_soft"), text)


def _listed(packages: list[Package]) -> str:
    def line(package: Package) -> str:
        size = f" ({size_in_words(package.size)})" if package.size else ""
        versions = " → ".join(filter(None, (package.old, package.new)))
        return f"{package.name} {versions}{size}"

    return "\n".join(map(line, packages))
