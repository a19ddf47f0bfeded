"""The smallest PySide6 program with a table in its window."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

application = QApplication(sys.argv)
window = QMainWindow()
table = QTableWidget(40, 12)
for row in range(40):
    for column in range(12):
        table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
window.setCentralWidget(table)
window.setWindowTitle("Bare window")
window.resize(1100, 700)
window.show()
application.exec()
