"""The binding keeps count of what it hands over: 6.12.0 does not, and aborts Python 3.11."""

import gc
import sys

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

_MANY = 500


class _Nothing(QAbstractTableModel):
    """A model that has nothing to say in any role."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def rowCount(self, parent=QModelIndex()):
        return 1

    def columnCount(self, parent=QModelIndex()):
        return 1

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self.answer


class _Bell(QObject):
    rung = Signal(bool)


@pytest.mark.parametrize("answer", [None, True, False])
def test_asking_a_model_loses_no_reference(qapp, answer):
    model = _Nothing(answer)
    index = model.index(0, 0)
    gc.collect()
    before = sys.getrefcount(answer)
    for _ in range(_MANY):
        index.data()
    assert abs(sys.getrefcount(answer) - before) < _MANY / 10


@pytest.mark.parametrize("answer", [True, False])
def test_a_signal_loses_no_reference(qapp, answer):
    bell, heard = _Bell(), []
    bell.rung.connect(heard.append)
    bell.rung.emit(answer)
    gc.collect()
    before = sys.getrefcount(answer) - len(heard)
    for _ in range(_MANY):
        bell.rung.emit(answer)
    heard.clear()
    assert abs(sys.getrefcount(answer) - before) < _MANY / 10
