"""A prefix in an S3 bucket: of any provider, or a server of the county's own.

A file is either there whole or not at all, and one that is there is not replaced
(create-only). What a sign-in page of a guest network answers is no file and no list.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotSupportedError
from obstore.store import S3Store

from leadapp.core.errors import Refusal
from leadapp.targets.descriptions import S3Place
from leadapp.targets.folder import README, README_TEXT
from leadapp.targets.s3_trouble import explained, is_missing

if TYPE_CHECKING:  # the library keeps the names of its answers for type checkers
    from obstore import ObjectMeta, PutResult

PATIENCE = 30.0
_LONGEST = timedelta(minutes=20)
"""For one request, so that 4 MiB pass on the slowest line that still is one."""
_RETRIES = 3
_AT_ONCE = 1000
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
T = TypeVar("T")


class S3Target:
    """Files below a prefix of a bucket. One thread uses it; any may ``cancel``."""

    def __init__(
        self, place: S3Place, *, patience: float = PATIENCE, retries: int = _RETRIES
    ) -> None:
        self.place = place
        self._store = _store(place, patience, retries)
        self._cancelled = threading.Event()
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[object]] | None = None

    def prepare(self) -> None:
        """See that the bucket answers and the keys open it; explain it to whoever looks."""
        if README not in self._names(""):
            self._add(self._path(README), README_TEXT.encode())

    def folders(self) -> frozenset[str]:
        """Return the names of the folders that lie here."""
        found = self._do(_folders(self._store, self._path()))
        if not found:
            self._names("")
        return found

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        """Return the files of ``folder`` with their sizes; none where there is no such folder."""
        return self._names(folder)

    def get(self, folder: str, name: str, most: int) -> bytes:
        """Return a file, at most ``most`` bytes; Refusal when it is not readable just now."""
        try:
            return self._do(_read(self._store, self._path(folder, name), most))
        except FileNotFoundError as cause:
            raise Refusal("targets.cannot_read", file=name) from cause

    def put(self, folder: str, name: str, data: bytes) -> None:
        """Add a file, whole when this returns; one that is there stays as it is."""
        self._add(self._path(folder, name), data)

    def delete(self, folder: str, name: str) -> None:
        """Remove a file; harmless when it is gone."""
        with contextlib.suppress(FileNotFoundError):
            self._do(_delete(self._store, self._path(folder, name)))

    def cancel(self) -> None:
        """End what is going on, from any thread; it ends with a Refusal. For good."""
        self._cancelled.set()
        running = self._running
        if running is not None:
            loop, task = running
            with contextlib.suppress(RuntimeError):  # it ended meanwhile
                loop.call_soon_threadsafe(task.cancel)

    def close(self) -> None:
        """Nothing is kept open."""

    def _path(self, *parts: str) -> str:
        return "/".join(one for one in (self.place.prefix.strip("/"), *parts) if one)

    def _names(self, folder: str) -> dict[str, int]:
        path = self._path(folder)
        found = self._do(_listed(self._store, f"{path}/" if path else ""))
        if not found:  # a sign-in page reads as an empty list; it has no README to show
            self._do(_look(self._store, self._path(README)))
        start = len(path) + 1 if path else 0
        return {name[start:]: size for name, size in found.items() if "/" not in name[start:]}

    def _add(self, path: str, data: bytes) -> None:
        with contextlib.suppress(AlreadyExistsError):
            try:
                self._do(_create(self._store, path, data))
            except NotSupportedError:  # a server that knows no create-only; names are of bytes
                self._do(_create(self._store, path, data, only=False))

    def _do(self, work: Coroutine[object, object, T]) -> T:
        """Do one request and put what goes wrong into a sentence."""

        async def cancellable() -> T:
            task = asyncio.ensure_future(work)
            self._running = (asyncio.get_running_loop(), task)
            if self._cancelled.is_set():
                task.cancel()
            return await task

        try:
            return asyncio.run(cancellable())
        except asyncio.CancelledError as cause:
            raise Refusal("targets.cancelled", host=self.place.host) from cause
        except (AlreadyExistsError, NotSupportedError):
            raise
        except FileNotFoundError as cause:
            if is_missing(cause):
                raise
            raise explained(cause, self.place.host, self.place.shown) from cause
        except (BaseError, OSError, ValueError) as cause:
            raise explained(cause, self.place.host, self.place.shown) from cause
        finally:
            self._running = None


def _store(place: S3Place, patience: float, retries: int) -> S3Store:
    at = urlsplit(place.endpoint)
    open_line = at.scheme == "http" and at.hostname in _LOOPBACK
    if place.endpoint and at.scheme != "https" and not open_line:
        raise Refusal("targets.not_https", endpoint=place.endpoint)
    try:
        return S3Store(
            place.bucket,
            endpoint=place.endpoint or f"https://{place.host}",
            region=place.region,
            access_key_id=place.key,
            secret_access_key=place.secret,
            disable_bulk_delete=True,
            client_options={
                "allow_http": open_line,
                "connect_timeout": timedelta(seconds=patience),
                "read_timeout": timedelta(seconds=patience),
                "timeout": _LONGEST,
                **({"root_certificate": place.authority} if place.authority else {}),
            },
            retry_config={
                "max_retries": retries,
                "retry_timeout": timedelta(seconds=4 * patience),
                "backoff": {
                    "init_backoff": timedelta(milliseconds=200),
                    "max_backoff": timedelta(seconds=5),
                    "base": 3,
                },
            },
        )
    except (BaseError, ValueError) as cause:
        raise Refusal("targets.bad_s3_settings", place=place.shown) from cause


async def _folders(store: S3Store, path: str) -> frozenset[str]:
    found = await obstore.list_with_delimiter_async(store, path or None)
    return frozenset(one.rstrip("/").rsplit("/", 1)[-1] for one in found["common_prefixes"])


async def _delete(store: S3Store, path: str) -> None:
    await obstore.delete_async(store, path)


async def _listed(store: S3Store, prefix: str) -> dict[str, int]:
    found: dict[str, int] = {}
    async for some in obstore.list(store, prefix or None, chunk_size=_AT_ONCE):
        found.update((one["path"], one["size"]) for one in some)
    return found


async def _look(store: S3Store, path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        _check_is_s3(await obstore.head_async(store, path))


async def _read(store: S3Store, path: str, most: int) -> bytes:
    got = await obstore.get_async(store, path)
    _check_is_s3(got.meta)
    if got.meta["size"] <= most:
        return bytes(await got.bytes_async())
    return bytes(await obstore.get_range_async(store, path, start=0, length=most))


async def _create(store: S3Store, path: str, data: bytes, *, only: bool = True) -> None:
    mode = "create" if only else "overwrite"
    made = await obstore.put_async(
        store,
        path,
        data,
        mode=mode,  # type: ignore[arg-type]  # one of two words, which mypy takes for any string
        use_multipart=False,
        attributes={"Content-Type": "application/octet-stream"},
    )
    _check_is_s3(made)


def _check_is_s3(said: ObjectMeta | PutResult) -> None:
    """Every S3 server names the tag of a file; a page that stands in its way has none."""
    if not said.get("e_tag"):
        raise Refusal("targets.sign_in_page")
