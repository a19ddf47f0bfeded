"""Opens a workbook in LibreOffice, makes a pivot table of month by activity, prints it to PDF.

Run by the system's own Python, which has LibreOffice's bridge: peer_libreoffice.py BOOK OUT.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.DataPilotFieldOrientation import COLUMN, DATA, ROW
from com.sun.star.sheet.GeneralFunction import COUNT
from com.sun.star.table import CellAddress, CellRangeAddress


def option(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connect(pipe):
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver"
    )
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.01)


book, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
with tempfile.TemporaryDirectory() as profile:
    pipe = f"hb{Path(profile).name}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp",
         f"-env:UserInstallation=file://{profile}"]
    )  # fmt: skip
    desktop = connect(pipe).ServiceManager.createInstance("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL(book.as_uri(), "_blank", 0, (option("Hidden", True),))
    if document is None:
        office.kill()
        sys.exit(f"{book.name} could not be opened")
    sheets = document.Sheets
    source = sheets.getByIndex(0)
    cursor = source.createCursor()
    cursor.gotoEndOfUsedArea(False)
    area = CellRangeAddress(0, 0, 0, 3, cursor.RangeAddress.EndRow)
    sheets.insertNewByName("Pivot", 0)
    target = sheets.getByName("Pivot")
    area.Sheet = 1
    tables = target.DataPilotTables
    plan = tables.createDataPilotDescriptor()
    plan.setSourceRange(area)
    fields = plan.DataPilotFields
    fields.getByIndex(2).Orientation = ROW
    fields.getByIndex(3).Orientation = COLUMN
    fields.getByIndex(0).Orientation = DATA
    fields.getByIndex(0).Function = COUNT
    tables.insertNewByName("Table", CellAddress(0, 0, 0), plan)
    sheets.removeByName("Attendance")
    document.storeToURL(out.as_uri(), (option("FilterName", "calc_pdf_Export"),))
    document.close(True)
    desktop.terminate()
    office.wait()
