"""Returns of many children for the benchmarks: those of one made-up LA, its children copied under ids of their own."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from synthetic import generate as generation
from synthetic.scenario import HACKNEY, SMALL

YEAR = 2026
LA_CODE = "204"
_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
_CHILD, _ID, _UPN = "<Child>", "<LAchildID>", "<UPN>"


def made_up_returns(folder: Path) -> Path:
    """The folder of one LA's returns: cin-2026.xml and ssda903-2026/."""
    scenario = replace(SMALL, authorities=(replace(HACKNEY, streams=HACKNEY.streams[:1]),))
    generation.generate(scenario, folder)
    return folder / "returns" / LA_CODE


def pupil_numbers(first: int, count: int) -> list[str]:
    """Pupil numbers with the right check letter, one after the other."""
    digits = np.char.add("204", np.char.zfill(np.arange(first, first + count).astype(str), 9))
    weighted = sum((np.char.ljust(digits, 12).view("U1").reshape(count, -1)[:, i].astype(int)) * (i + 2) for i in range(12))
    return np.char.add(_LETTERS[weighted % 23], digits).tolist()


def large_ssda903(source: Path, target: Path, children: int) -> int:
    """Copies of an SSDA903's children until there are about so many; how many there are."""
    target.mkdir(parents=True)
    header = pl.read_csv(source / "header.csv", infer_schema=False)
    copies = -(-children // header.height)
    for file in source.glob("*.csv"):
        table = pl.read_csv(file, infer_schema=False)
        copied = [table.with_columns(pl.col("CHILD") + f"c{copy}") for copy in range(copies)]
        whole = pl.concat(copied)
        if "UPN" in whole.columns:
            known = pl.Series(pupil_numbers(0, whole.height))
            whole = whole.with_columns(pl.when(pl.col("UPN").str.len_chars() == 13).then(known).otherwise("UPN").alias("UPN"))
        whole.write_csv(target / file.name)
    return header.height * copies


def large_census(source: Path, target: Path, children: int) -> int:
    """Copies of a census's children until there are about so many; how many there are."""
    text = source.read_text(encoding="utf-8")
    start = text.index(_CHILD)
    end = text.rindex("</Child>") + len("</Child>")
    held = [_CHILD + part for part in text[start:end].split(_CHILD)[1:]]
    copies = -(-children // len(held))
    numbers = iter(pupil_numbers(0, copies * len(held)))
    with target.open("w", encoding="utf-8") as out:
        out.write(text[:start])
        for copy in range(copies):
            out.writelines(_copied(child, copy, next(numbers)) for child in held)
        out.write(text[end:])
    return copies * len(held)


def _copied(child: str, copy: int, number: str) -> str:
    child = child.replace(_ID, f"{_ID}c{copy}", 1)
    before, found, after = child.partition(_UPN)
    return f"{before}{found}{number}{after[13:]}" if found else child
