"""T14 and T15: pages a second of a tagged register, and the whole process that prints it."""

import sys

from measure import Result, command, compare, in_turn
from peers import BUILD, ENV, HERE, python_of_peers

_PAGES = 20


def _print(script, pages, python=sys.executable):
    return command(python, HERE / f"{script}.py", pages, BUILD / f"{script}.pdf", env=ENV)


def printed(script):
    """Return what a script printed, made first: 20 pages of a register, or the report."""
    out = BUILD / f"{script}.pdf"
    pages = () if script.endswith("report") else (_PAGES,)
    command(sys.executable, HERE / f"{script}.py", *pages, out, env=ENV)()
    return out


def pages_a_second():
    """T14: each page after the first, tagged and untagged; and the process for one page."""
    times = in_turn(
        {
            (script, pages): _print(script, pages)
            for script in ("our_register", "peer_reportlab")
            for pages in (1, _PAGES)
        },
        runs=7,
    )

    def speed(script):
        return (_PAGES - 1) / (times[script, _PAGES].wall - times[script, 1].wall)

    untagged = "ReportLab, untagged"
    yield Result(
        target="T14", what="pages of a tagged register", peer_is=untagged, unit="pages/s",
        ours=speed("our_register"), peer=speed("peer_reportlab"), limit=0.2, at_least=True,
    )  # fmt: skip
    yield Result(
        target="T14", what="one page, whole process", peer_is=untagged, limit=1.3,
        ours=times["our_register", 1].wall, peer=times["peer_reportlab", 1].wall,
    )  # fmt: skip


def twenty_pages():
    """T15: a tagged register of 20 pages, beside other printers of tagged pages."""
    ours = _print("our_register", _PAGES)
    for name, limit in (("WeasyPrint", 0.2), ("Typst", 4)):
        peer = _print(f"peer_{name.lower()}", _PAGES, python_of_peers())
        what = f"{_PAGES} tagged pages, whole process"
        yield compare("T15", what, ours, (f"{name}, PDF/UA-1", peer), limit)


TARGETS = {"T14": pages_a_second, "T15": twenty_pages}
