"""The input of one option, made from its declaration."""

import re

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.core.settings import Option
from qcc_desktop.ui.settings.presenter import Row, unit_word
from qcc_desktop.ui.widgets.switch import Switch

_WIDE = 200
_FIGURE_WIDE = 132
_LIST_EDGES = 24
"""What a list has at the left and right of its words."""


class Control(QObject):
    """The input of a row: shows a value, and says which one the person wants."""

    changed = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget

    def show_row(self, row: Row) -> None:
        """Show a value and words, unless the person is typing."""

    def refuse(self, row: Row) -> None:
        """Go back to the value of ``row``, for the one wished for was not taken."""
        self.show_row(row)


class SwitchControl(Control):
    """On or off."""

    def __init__(self) -> None:
        self._switch = Switch()
        super().__init__(self._switch)
        self._switch.clicked.connect(self._clicked)

    @override
    def show_row(self, row: Row) -> None:
        self._switch.setChecked(bool(row.value))

    def _clicked(self, is_on: bool) -> None:
        self.changed.emit(is_on)


class ChoiceControl(Control):
    """One of a few."""

    def __init__(self) -> None:
        self._box = _CalmBox()
        super().__init__(self._box)
        self._box.setMinimumWidth(_WIDE)
        self._box.activated.connect(lambda index: self.changed.emit(self._box.itemData(index)))

    @override
    def show_row(self, row: Row) -> None:
        shown = tuple(
            (self._box.itemData(index), self._box.itemText(index))
            for index in range(self._box.count())
        )
        if shown != row.choices:
            self._box.clear()
            for value, word in row.choices:
                self._box.addItem(word, value)
        self._box.setCurrentIndex(self._box.findData(row.value))


class NumberControl(Control):
    """A number within its range, with its unit."""

    def __init__(self, option: Option) -> None:
        self._spin: QSpinBox | QDoubleSpinBox
        if option.kind is int:
            self._spin = _CalmSpin()
            self._spin.setRange(int(option.minimum or 0), int(option.maximum or 0))
        else:
            self._spin = _CalmDoubleSpin()
            self._spin.setDecimals(1)
            self._spin.setRange(option.minimum or 0.0, option.maximum or 0.0)
            self._spin.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        super().__init__(self._spin)
        self._spin.setKeyboardTracking(False)
        self._spin.setFixedWidth(_FIGURE_WIDE)
        self._spin.lineEdit().setTextMargins(4, 0, 0, 0)  # a style sheet's padding stops short
        self._spin.setGroupSeparatorShown(option.key != "server.port")
        self._spin.valueChanged.connect(self.changed.emit)

    @override
    def show_row(self, row: Row) -> None:
        suffix = f" {unit_word(row.option)}" if row.option.unit else ""
        if self._spin.suffix() != suffix:
            self._spin.setSuffix(suffix)
        if self._spin.value() == row.value:
            return
        blocked = self._spin.blockSignals(True)
        if isinstance(self._spin, QSpinBox):
            self._spin.setValue(int(row.value))
        else:
            self._spin.setValue(float(row.value))
        self._spin.blockSignals(blocked)


class TextControl(Control):
    """A text; what the declaration does not allow is not sent."""

    def __init__(self, option: Option) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._pattern = re.compile(option.pattern) if option.pattern else None
        self._shown = ""
        self._is_refused = False
        self._line.setMinimumWidth(_FIGURE_WIDE if option.pattern else _WIDE)
        if option.pattern:
            self._line.setMaximumWidth(_FIGURE_WIDE)
        self._line.editingFinished.connect(self._finished)

    @override
    def show_row(self, row: Row) -> None:
        is_typing = self._line.hasFocus() and self._line.isModified()
        if self._shown != str(row.value):
            self._is_refused = False
        self._shown = str(row.value)
        if not is_typing and not self._is_refused and self._line.text() != self._shown:
            self._line.setText(self._shown)

    def _finished(self) -> None:
        text = self._line.text().strip()
        if text != self._shown or self._is_refused:
            self._is_refused = False
            self._line.setModified(False)
            self.changed.emit(text)

    @override
    def refuse(self, row: Row) -> None:
        """Keep what was typed, so that it can be put right."""
        self._is_refused = True


class SuggestionControl(Control):
    """A text, with suggestions to pick from."""

    def __init__(self) -> None:
        self._box = _CalmBox()
        super().__init__(self._box)
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setFixedWidth(_WIDE)  # its words may be long paths, and the label needs room
        self._shown = ""
        self._box.activated.connect(self._picked)
        line = self._box.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._finished)

    def suggest(self, choices: tuple[tuple[str, str], ...]) -> None:
        """Offer (value, word) pairs; what is being typed stays."""
        shown = self._box.currentText()
        self._box.clear()
        for value, word in choices:
            self._box.addItem(word, value)
        self._show_text(shown)
        view = self._box.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + _LIST_EDGES)

    @override
    def show_row(self, row: Row) -> None:
        self._shown = str(row.value)
        line = self._box.lineEdit()
        is_typing = line is not None and line.hasFocus() and line.isModified()
        if not is_typing and self._box.currentText() != self._shown:
            self._show_text(self._shown)

    def _show_text(self, text: str) -> None:
        """Show a text from its beginning; a long one is whole in the hint."""
        self._box.setCurrentText(text)
        line = self._box.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
            line.setToolTip(text)

    @override
    def refuse(self, row: Row) -> None:
        """Keep what was typed, so that it can be put right."""
        self._shown = str(row.value)

    def _picked(self, index: int) -> None:
        value = str(self._box.itemData(index) or "")
        self._show_text(value)
        self._send(value)

    def _finished(self) -> None:
        self._send(self._box.currentText().strip())

    def _send(self, value: str) -> None:
        if value != self._shown:
            self._shown = value
            self.changed.emit(value)


_SUGGESTING = frozenset({"claude.terminal", "claude.executable"})


def control_for(option: Option) -> Control:
    """Return the input that fits an option."""
    if option.kind is bool:
        return SwitchControl()
    if option.choices:
        return ChoiceControl()
    if option.key in _SUGGESTING:
        return SuggestionControl()
    if option.kind is str:
        return TextControl(option)
    return NumberControl(option)


class _CalmSpin(QSpinBox):
    """Does not change when the page is scrolled over it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _CalmDoubleSpin(QDoubleSpinBox):
    """Does not change when the page is scrolled over it; shows ``5``, not ``5.0``."""

    @override
    def textFromValue(self, val: float) -> str:
        text = super().textFromValue(val)
        point = self.locale().decimalPoint()
        return text.removesuffix(f"{point}0")

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _CalmBox(QComboBox):
    """Does not change when the page is scrolled over it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
