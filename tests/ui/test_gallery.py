"""The sheet on which every widget is shown in each of its states."""

import pytest
from PySide6.QtGui import QColor

from app.ui.gallery.sheets import draw_sheet
from app.ui.theme import ThemeChoice


@pytest.mark.parametrize(("theme", "size"), [(ThemeChoice.LIGHT, 100), (ThemeChoice.CONTRAST, 200)])
def test_sheet_of_every_widget_is_drawn_on_the_themes_paper(looks, theme, size):
    looks.set_theme(theme)
    looks.set_text_size(size)
    image = draw_sheet(looks).toImage()
    assert image.width() > looks.px(300)
    assert image.height() > looks.px(1000)
    paper = QColor(looks.theme.paper).rgb()
    assert image.pixel(1, 1) == paper
    lines = [y for y in range(0, image.height(), 8)
             if any(image.pixel(x, y) != paper for x in range(0, image.width(), 4))]  # fmt: skip
    assert len(lines) > image.height() / 16, "half of the sheet holds something"
