"""The command selftest: the program, installed or built, proves itself."""

import argparse
import dataclasses
import time

from app.cli.output import Outcome, say
from app.services import selftest as trial


def selftest(options: argparse.Namespace) -> Outcome:
    """Try an encrypted book, every figure, every return and a backup; nothing of the user's is touched."""
    began = time.monotonic()
    proof = trial.prove(None if options.json else say)
    seconds = round(time.monotonic() - began, 1)
    document = {"ok": proof.ok, **dataclasses.asdict(proof), "seconds": seconds}
    return Outcome(document=document, lines=_lines(proof, seconds), faulty=not proof.ok)


def _lines(proof: trial.Proof, seconds: float) -> tuple[str, ...]:
    if not proof.ok:
        return (*proof.findings, "This program is not whole. Install it again.")
    return (
        (
            f"Hallbook {proof.version} is whole: {proof.figures} figures, {proof.returns} returns in "
            f"{proof.files} files ({proof.pages} pages), an encrypted book and its backup, in "
            f"{seconds} seconds."
        ),
    )
