"""The attributes of a character in the inspector, in groups that fold."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QWidget

from kirara_characters.character_edits import CharacterEdits
from kirara_characters.networks.latents import Attribute
from kirara_characters.scene import Scene
from kirara_characters.view.attribute_names import (
    DIRECTIONS,
    attribute_name,
    group_of,
    group_title,
    groups,
    order_of,
)
from kirara_characters.view.attribute_rows import AttributeRow, row_for
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Button, Inspector, Section, Segments, plain_tip
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate

_FOLDED = "folded attributes"  # in the panel's state


class AttributeEditor(QObject):
    """Shows :class:`CharacterEdits`; its rows are made when the model's attributes are known."""

    def __init__(self, context: PanelContext, edits: CharacterEdits, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._context, self._edits = context, edits
        self._scene = Scene()
        self.rows: dict[str, AttributeRow] = {}
        self.head = inspector.add_section("")
        self.target = Segments(["", ""])
        self.head.add(self.target)
        self._note = self.head.add_text()
        self.reset = Button(icon="undo", kind="quiet", small=True)
        line = QWidget()
        fill(QHBoxLayout(line), self.reset, None)
        self.head.add(line)
        self.groups = {group: inspector.add_section("", foldable=True) for group in groups()}
        for group, section in self.groups.items():
            section.set_folded(self._is_folded(group))
            section.folding.connect(lambda folded, g=group: self._remember(g, folded))
        self.target.chosen.connect(self._choose_target)
        self.reset.clicked.connect(edits.reset)
        edits.attributes_changed.connect(self._show_attributes)
        edits.values_changed.connect(self._show_values)
        self._shown = True
        self._show_attributes()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that have something to show."""
        used = {group_of(name) for name in self.rows}
        shown = [section for group, section in self.groups.items() if group in used]
        return (self.head, *shown) if self.rows else ()

    def set_shown(self, shown: bool) -> None:
        """Show all sections, or none of them."""
        self._shown = shown
        used = self.sections
        for section in (self.head, *self.groups.values()):
            section.setVisible(shown and section in used)

    def show_scene(self, scene: Scene) -> None:
        """Show what the user set in a scene."""
        self._scene = scene
        self._show_target()
        self._show_locks()
        self._show_changes()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.head.set_title(translate("characters", "Attributes"))
        self.target.set_name(translate("characters", "What is changed"))
        self.reset.set_content(translate("characters", "Reset attributes"))
        for group, section in self.groups.items():
            section.set_title(group_title(group))
        for name, row in self.rows.items():
            row.set_name(self._name_of(name))
        self._show_target()

    # What is shown

    def _show_attributes(self) -> None:
        """Make a row for each attribute, unless they are there already."""
        attributes = self._edits.attributes
        if [row.attribute for row in self.rows.values()] != list(attributes):
            for row in self.rows.values():
                row.setParent(None)
                row.deleteLater()
            self.rows = {}
            for attribute in sorted(attributes, key=lambda one: order_of(one.name)):
                self._add_row(attribute)
            # In the order of the model, to be compared with it.
            self.rows = {attribute.name: self.rows[attribute.name] for attribute in attributes}
        self.set_shown(self._shown)
        self.retranslate()

    def _add_row(self, attribute: Attribute) -> None:
        name, edits = attribute.name, self._edits
        row = self.rows[name] = row_for(attribute)
        row.previewed.connect(lambda value: edits.preview(name, value))
        row.changed.connect(lambda value: edits.set(name, value, self._name_of(name)))
        row.cancelled.connect(edits.cancel)
        row.locked.connect(lambda on: edits.fix(name, on, self._name_of(name)))
        if group_of(name) == DIRECTIONS:
            row.control.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            row.control.customContextMenuRequested.connect(lambda at: self._open_menu(name, at))
            tip = translate("characters", "Right-click to name this direction")
            row.control.setToolTip(plain_tip(tip))
        self.groups[group_of(name)].add(row)

    def _show_values(self) -> None:
        for name, value in self._edits.values.items():
            self.rows[name].set_value(value)
        self._show_changes()

    def _show_changes(self) -> None:
        """What the user set is known before the model answers."""
        for name, value in self._edits.changes.items():
            if name in self.rows:
                self.rows[name].set_value(value)
        self.reset.setEnabled(bool(self._edits.changes))

    def _show_locks(self) -> None:
        for name, row in self.rows.items():
            row.set_locked(name in self._edits.fixed)

    def _show_target(self) -> None:
        selected = self._scene.selection is not None
        pin = translate("characters", "Selected pin")
        if selected:
            pin = translate("characters", "Pin {0}").format(self._scene.selected + 1)
        self.target.set_texts([translate("characters", "All candidates"), pin])
        self.target.set_current(int(selected))  # first, or Qt would choose another by itself
        self.target.setTabEnabled(1, bool(self._scene.pins))
        note = translate("characters", "What you change holds for all candidates.")
        if selected:
            note = translate("characters", "What you change holds for this pin; a lock, for all.")
        self._note.setText(note)

    def _name_of(self, name: str) -> str:
        return self._edits.direction_name(name) or attribute_name(name)

    # What the user does

    def _choose_target(self, index: int) -> None:
        self._edits.select(0 if index else -1)
        self._show_target()

    def _open_menu(self, name: str, at: QPoint) -> None:
        menu = QMenu(self.rows[name])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(translate("characters", "Name this direction…"), lambda: self.rename(name))
        menu.popup(self.rows[name].control.mapToGlobal(at))

    def rename(self, name: str) -> None:
        """Ask for the name of a direction."""
        dialog = QInputDialog(self.rows[name])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(translate("characters", "Name this direction"))
        dialog.setLabelText(translate("characters", "What does it change?"))
        dialog.setTextValue(self._edits.direction_name(name))
        dialog.textValueSelected.connect(lambda text: self._edits.rename_direction(name, text))
        dialog.open()

    def _is_folded(self, group: str) -> bool:
        folded = self._context.state.get(_FOLDED)
        if isinstance(folded, list):
            return group in folded
        return group not in ("face", "hair", DIRECTIONS)

    def _remember(self, group: str, folded: bool) -> None:
        others = {other for other in self.groups if other != group and self._is_folded(other)}
        self._context.state[_FOLDED] = sorted(others | ({group} if folded else set()))
