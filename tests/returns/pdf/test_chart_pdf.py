"""A chart on the screen is the very drawing of the page."""

import pypdfium2
from PIL import Image, ImageChops, ImageStat

from app.returns.pdf import chart_pdf, render
from app.returns.pdf.theme import A4, MARGIN, contrast, readable
from tests.returns.builders import filled, funnel, months_chart
from tests.returns.pdf import pdf_checks


def picture(data):
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    seen = page.render(scale=2).to_pil().convert("L")
    page.close()
    document.close()
    return seen


def test_chart_alone_has_the_size_asked_for_and_is_accessible():
    data = chart_pdf(months_chart(), 400, 160)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    assert document.get_page_size(0) == (400, 160)
    document.close()
    assert pdf_checks.standard_faults(data) == []
    assert pdf_checks.frame_faults(data, margin_mm=0) == []
    assert [leaf.alt for leaf in pdf_checks.leaves(data)] == [months_chart().spoken]


def test_chart_alone_is_drawn_as_on_paper():
    width, height = A4[0] - 2 * MARGIN, 128.0
    alone = picture(chart_pdf(months_chart(), width, height))
    corner = round(2 * MARGIN)
    paper = picture(render(filled(months_chart())).pdf)
    paper = paper.crop((corner, corner, corner + alone.width, corner + alone.height))
    difference = ImageStat.Stat(ImageChops.difference(alone, paper)).mean[0]
    assert difference < 3  # of 255: edges that fall between dots
    blank = Image.new("L", alone.size, 255)
    assert ImageStat.Stat(ImageChops.difference(alone, blank)).mean[0] > 40


def test_same_chart_gives_the_same_bytes():
    assert chart_pdf(funnel(), 240, 90) == chart_pdf(funnel(), 240, 90)


def test_accent_that_is_too_pale_to_read_is_darkened():
    assert readable("#17695A") == "#17695A"
    assert contrast(readable("#FFEE88"), "#FFFFFF") >= 4.5
    assert readable("teal") == "#1F2A44"


def test_bars_stand_out_in_grey():
    grey = picture(chart_pdf(funnel(), 240, 90))
    colours = {shade for count, shade in grey.getcolors() if count > 500}
    bars = {shade for shade in colours if shade < 250}
    assert len(bars) >= 2  # the base is paler than what is of it
    assert max(bars) - min(bars) > 60
