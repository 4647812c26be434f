"""Annual returns as they were handed in: the files unchanged, in one zip a landing; the latest landing is the return.

    returns/return=204-cin-2026/20260731T120000.000000Z_<uuid>.zip   (.enc after it when encrypted)

Reading what is in the files belongs to the returns stage.
"""

import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

from assets.submissions.moments import as_utc, stamp, unstamp
from assets.submissions.vault import LandingError, Vault
from assets.temporary import temporary_folder

RETURN_ID = re.compile(r"(?P<la_code>\d{3})-(?P<kind>cin|ssda903)-(?P<year>\d{4})")

_ROOT = "returns"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}\.\d{6}Z)_(?P<landing_id>[0-9a-f-]{36})\.zip(?:\.enc)?")
# A fixed date in every zip entry, so that the same files always make the same zip (the earliest that a zip can hold).
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PIECE = 1024 * 1024


@dataclass(frozen=True, order=True)
class LandedReturn:
    """One landing of an annual return. Sorts by time of receipt."""

    received_at: datetime
    landing_id: str
    return_id: str
    key: str
    duplicate: bool = field(default=False, compare=False)  # this time the same files were already the latest

    @property
    def la_code(self) -> str:
        """The LA whose return it is."""
        return self.return_id.split("-")[0]

    @property
    def kind(self) -> str:
        """`cin` or `ssda903`."""
        return self.return_id.split("-")[1]

    @property
    def year(self) -> int:
        """The year in which the collection ends."""
        return int(self.return_id.split("-")[2])


class ReturnsLanding:
    """Landed returns under the same URL, and with the same key, as the batches."""

    def __init__(self, url: str | Path, encryption_key: str | None = None) -> None:
        self._vault = Vault(url, encryption_key)

    def store(self, return_id: str, received_at: datetime, files: Sequence[Path]) -> LandedReturn:
        """Keep the files of a return; they become the return. The files that already are it are not kept again.

        Raises LandingError for no files, two of one name, or an id that is not one; OSError if a file cannot be read.
        """
        if not RETURN_ID.fullmatch(return_id):
            raise LandingError("a return id must be <la_code>-<cin|ssda903>-<year>, for example 204-cin-2026")
        members = _by_name(files)
        moment = as_utc(received_at)
        landing_id = self._vault.identify(return_id, *_contents(members))
        with self._vault.lock(return_id):
            latest = self.latest(return_id)
            if latest and latest.landing_id == landing_id and self._still_holds(latest):
                self._vault.settle(latest.key)
                return replace(latest, duplicate=True)
            key = f"{_folder(return_id)}/{stamp(moment)}_{landing_id}.zip{self._vault.suffix}"
            self._vault.put(key, _zipped(members))
        return LandedReturn(moment, landing_id, return_id, key)

    def erase(self, landed: LandedReturn, files: Sequence[Path]) -> None:
        """Replace the files of a landing by what erasure leaves of them: the one change that it may see."""
        with self._vault.lock(landed.return_id):
            self._vault.put(landed.key, _zipped(_by_name(files)))

    def state(self, landed: LandedReturn) -> str:
        """What changes whenever the landing's file does, for example because it is restored from a backup."""
        return self._vault.files.state(landed.key)

    def remove(self, key: str) -> None:
        """Remove one landing, and the return's folder with the last of them."""
        folder = key.rpartition("/")[0]
        self._vault.files.delete(key)
        if not self._vault.files.names(folder):
            self._vault.files.delete(folder)

    def return_ids(self) -> list[str]:
        """Every return that was ever landed, sorted."""
        return list(self._vault.folders(_ROOT, "return"))

    def landings(self, return_id: str) -> list[LandedReturn]:
        """Every landing of one return, oldest first."""
        folder = _folder(return_id)
        found = [(name, _NAME.fullmatch(name)) for name in self._vault.files.names(folder)]
        return [
            LandedReturn(unstamp(parts["stamp"]), parts["landing_id"], return_id, f"{folder}/{name}")
            for name, parts in found
            if parts
        ]

    def latest(self, return_id: str) -> LandedReturn | None:
        """The landing that is the return now; None when there is none."""
        return max(self.landings(return_id), default=None)

    def all(self) -> list[LandedReturn]:
        """The latest landing of every return, by return id."""
        return [latest for return_id in self.return_ids() if (latest := self.latest(return_id))]

    def read(self, landed: LandedReturn) -> dict[str, bytes]:
        """File name to content, all in memory; `extracted` is for files that may be large."""
        with self._opened(landed) as archive:
            return {name: archive.read(name) for name in _safe_names(landed, archive)}

    @contextmanager
    def extracted(self, landed: LandedReturn) -> Iterator[list[Path]]:
        """The files in a folder that only this user can read, and that is gone afterwards."""
        with temporary_folder() as folder:
            with self._opened(landed) as archive:
                paths = [_unpacked(archive, name, Path(folder)) for name in _safe_names(landed, archive)]
            yield paths

    def sweep(self) -> int:
        """Delete what killed writers left half written (it may hold children's data); returns how many files."""
        swept = 0
        for return_id in self.return_ids():
            with self._vault.lock(return_id):
                swept += self._vault.sweep(_folder(return_id))
        return swept

    def _still_holds(self, landed: LandedReturn) -> bool:
        """False once erasure has changed the landing (the same files handed in again are a new beginning) or its file
        is damaged (then what comes now is the only good copy)."""
        try:
            with self.extracted(landed) as files:
                return self._vault.identify(landed.return_id, *_contents(_by_name(files))) == landed.landing_id
        except LandingError:
            return False

    @contextmanager
    def _opened(self, landed: LandedReturn) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(BytesIO(self._vault.get(landed.key))) as archive:
                yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise LandingError(f"{landed.key}: the file is damaged; restore it from a backup") from None


def _folder(return_id: str) -> str:
    return f"{_ROOT}/return={return_id}"


def _by_name(files: Sequence[Path]) -> dict[str, Path]:
    members = {path.name: path for path in files}
    if not members:
        raise LandingError("a return needs at least one file; none was given")
    if len(members) < len(files):
        raise LandingError("two files of a return have the same name; give each its own name")
    return dict(sorted(members.items()))


def _contents(members: dict[str, Path]) -> Iterator[str | bytes]:
    for name, path in members.items():
        digest = blake2b()
        with path.open("rb") as handle:
            while piece := handle.read(_PIECE):
                digest.update(piece)
        yield name
        yield digest.digest()


def _zipped(members: dict[str, Path]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in members.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, _PIECE)
    return buffer.getvalue()


def _unpacked(archive: zipfile.ZipFile, name: str, folder: Path) -> Path:
    path = folder / name
    with archive.open(name) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, _PIECE)
    return path


def _safe_names(landed: LandedReturn, archive: zipfile.ZipFile) -> list[str]:
    """Names in the zip, in order. Raises LandingError for one that would leave the folder it is unpacked into."""
    names = archive.namelist()
    if any(name in {"", ".", ".."} or "/" in name or "\\" in name or "\0" in name for name in names):
        raise LandingError(f"{landed.key}: holds a file name with a folder in it; it was not made by this store")
    return names
