"""What can be done with the model that a panel uses: rename, edit its card, share, delete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QInputDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from kirara_studio.api.files import free_path
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.models import (
    ARCHIVE_SUFFIX,
    WEIGHTS_SUFFIX,
    ModelCard,
    edit_card,
    share_model,
    share_models,
)
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.deletion import delete_files
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.model_names import model_name

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

translate = QCoreApplication.translate


class ModelActions(QObject):
    """A menu, as for a :class:`ModelSection` (``section.manage(actions)``).

    ``model`` returns the model in use. :attr:`changed` is emitted after cards and files changed:
    list the models again. :attr:`leaving` is emitted before the model in use is deleted: choose
    another one. Deleting is a step of ``stack``. A model that comes with the studio can only be
    shared.
    """

    changed = Signal()
    leaving = Signal()

    def __init__(
        self,
        context: PanelContext,
        stack: QUndoStack,
        model: Callable[[], ModelFile | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._stack, self._model, self._window = context, stack, model, parent
        self.menu = QMenu(parent)
        self.menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        """Offer what is possible with the model in use."""
        self.menu.clear()
        for text, run, bundled_too in (
            (translate("widgets", "Share as one file…"), self.ask_file, True),
            (translate("widgets", "Rename…"), self.ask_name, False),
            (translate("widgets", "Edit its card…"), self.ask_card, False),
            (translate("widgets", "Delete"), self.delete, False),
        ):
            action = self.menu.addAction(text, run)
            action.setEnabled((self._model() if bundled_too else self._own) is not None)

    @property
    def _own(self) -> ModelFile | None:
        model = self._model()
        return model if model is not None and not model.bundled else None

    # Name and card

    def ask_name(self) -> None:
        """Ask for another name of the model in use."""
        if (model := self._own) is not None:
            title, label = translate("widgets", "Rename the model"), translate("widgets", "Name")
            name, accepted = QInputDialog.getText(self._window, title, label, text=model.name)
            if accepted and name.strip():
                self.edit(name=name)

    def ask_card(self) -> None:
        """Let the user edit the texts of the card of the model in use."""
        if (model := self._own) is not None:
            dialog = CardDialog(model.card, self._window)
            dialog.accepted.connect(lambda: self.edit(**dialog.texts))
            dialog.open()

    def edit(self, **texts: str) -> None:
        """Change texts of the card (:func:`edit_card`), of all networks that the model has.

        Shows the error if that fails.
        """
        model = self._own
        if model is None:
            return
        new = {name: text for name, text in texts.items() if text != getattr(model.card, name)}
        try:
            for path in model.networks:
                edit_card(path, **new)
        except Exception as error:
            self._context.show_error(error)
        self.changed.emit()

    # Files

    def ask_file(self) -> None:
        """Ask where to write the model in use, with its card, as one file."""
        if (model := self._model()) is not None:
            suffix = WEIGHTS_SUFFIX if model.folder is None else ARCHIVE_SUFFIX
            stem = (model.folder or model.path.with_suffix("")).name
            start = free_path(self._context.results_folder, stem, suffix)
            title = translate("widgets", "Share as one file")
            name, _ = QFileDialog.getSaveFileName(self._window, title, str(start), f"(*{suffix})")
            if name:
                self.share(Path(name).with_suffix(suffix))

    def share(self, path: Path) -> None:
        """Write the model in use, with its card inside, to ``path``."""
        model = self._model()
        if model is None:
            return

        def copy(networks: tuple[Path, ...], _tools: object) -> Path:
            if path.suffix == ARCHIVE_SUFFIX:
                return share_models(networks, path)
            return share_model(networks[0], path)

        self._context.jobs.submit_io(
            f"share {path}",
            copy,
            model.networks,
            title=translate("widgets", "Saving {0}").format(path.name),
            on_result=lambda saved: self._context.show_message(
                translate("widgets", "Saved as {0}").format(saved)
            ),
        )

    def delete(self) -> None:
        """Delete the model in use, as a step that undo takes back."""
        model = self._own
        if model is None:
            return
        name, files = model_name(model.name), model.files
        self.leaving.emit()
        text = translate("widgets", "Delete “{0}”").format(name)
        context, folder = self._context, files[0].parent
        if delete_files(files, folder, text, self._stack, context, self._on_deletion):
            context.show_message(
                translate("widgets", "Deleted: {0}. Ctrl+Z brings it back.").format(name)
            )

    def _on_deletion(self, path: Path, _there: bool) -> None:
        if path.suffix != ".toml":
            self.changed.emit()


class CardDialog(QDialog):
    """Edits the texts of a model card; :attr:`texts` are those of the fields."""

    def __init__(self, card: ModelCard, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("widgets", "Card of the model"))
        self.setMinimumWidth(520)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for name, label, long in (
            ("name", translate("widgets", "Name"), False),
            ("notes", translate("widgets", "Description"), True),
            ("training_data", translate("widgets", "Trained on"), True),
            ("licence", translate("widgets", "Licence"), False),
            ("author", translate("widgets", "Author"), False),
        ):
            text = getattr(card, name)
            field = QPlainTextEdit(text) if long else QLineEdit(text)
            if isinstance(field, QPlainTextEdit):
                field.setFixedHeight(88)
                field.setTabChangesFocus(True)
            field.setAccessibleName(label)
            form.addRow(label, field)
            self.fields[name] = field
        self.save = Button(translate("widgets", "Save"), kind="primary", icon="check")
        self.cancel = Button(translate("widgets", "Cancel"))
        self.save.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        buttons = row(None, self.cancel, self.save)
        self.setLayout(column(form, buttons, spacing=16, margins=(24, 24, 24, 24)))

    @property
    def texts(self) -> dict[str, str]:
        """The texts by the name of their field in :class:`ModelCard`."""
        return {
            name: field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
            for name, field in self.fields.items()
        }
