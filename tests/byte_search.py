"""A search for texts in every byte under a folder: compressed files unpacked, tables read, free space looked into.

What it finds it names by file, never by text.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import psycopg
import zstandard

from assets.warehouse.engine import open_warehouse


def files_with(folder: Path, texts: Iterable[str]) -> list[str]:
    """The files under a folder in which any of the texts stands, in any case, as UTF-8 or UTF-16."""
    wanted = [form for text in texts for form in _forms(text)]
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if any(form in content.lower() for content in _contents(path) for form in wanted):
            found.append(path.relative_to(folder).as_posix())
    return found


def _forms(text: str) -> list[bytes]:
    lower = text.lower()
    return [lower.encode(), lower.encode("utf-16-le"), lower.encode("utf-16-be")]


def _contents(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    if path.suffix == ".zst":
        yield zstandard.ZstdDecompressor().decompress(content)
    elif path.suffix == ".parquet":
        yield pl.read_parquet(path).write_csv().encode()
    elif path.name == "warehouse.duckdb":
        yield from _tables(f"duckdb:///{path}")
    elif zipfile.is_zipfile(path):
        yield from _members(content)


def _members(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            member = archive.read(name)
            yield member
            if zipfile.is_zipfile(io.BytesIO(member)):
                yield from _members(member)


def _tables(url: str) -> Iterator[bytes]:
    """What queries still find: DuckDB may hold texts in compressed blocks, which the bytes do not show."""
    with open_warehouse(url, read_only=True) as warehouse:
        listed = warehouse.query(
            "select table_schema as s, table_name as n from information_schema.tables where table_type = 'BASE TABLE'"
        )
        for schema, name in listed.iter_rows():
            yield warehouse.query(f'select * from "{schema}"."{name}"').write_csv().encode()


def postgres_files_with(url: str, texts: Iterable[str]) -> list[str]:
    """The files of a Postgres database in which any of the texts stands; the write-ahead log is the server's own."""
    with psycopg.connect(url) as connection:
        connection.execute("checkpoint")
        row = connection.execute(
            "select current_setting('data_directory'), oid from pg_database where datname = current_database()"
        ).fetchone()
    assert row is not None
    return files_with(Path(row[0]) / "base" / str(row[1]), texts)
