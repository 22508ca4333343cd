"""What an S3 server or the way to it said, as a sentence for a person.

The library gives one kind of exception for most of it; the words of the protocol inside
(``NoSuchBucket``, ``SignatureDoesNotMatch``) tell them apart. They are the protocol's own,
so they are the same for every server.
"""

from __future__ import annotations

from leadapp.core.errors import Refusal

_SAID = (
    ("NoSuchBucket", "targets.no_such_bucket"),
    ("InvalidBucketName", "targets.no_such_bucket"),
    ("InvalidAccessKeyId", "targets.wrong_keys"),
    ("SignatureDoesNotMatch", "targets.wrong_keys"),
    ("RequestTimeTooSkewed", "targets.clock_differs"),
    ("AccessDenied", "targets.keys_may_not"),
    ("QuotaExceeded", "targets.server_full"),
    ("EntityTooLarge", "targets.server_full"),
    ("507 ", "targets.server_full"),
    ("SlowDown", "targets.server_busy"),
    ("429 ", "targets.server_busy"),
    ("503 ", "targets.server_busy"),
    ("423 ", "targets.server_locked"),
    ("409 ", "targets.server_locked"),
    ("401 ", "targets.wrong_keys"),
    ("403 ", "targets.keys_may_not"),
    ("301 ", "targets.other_region"),
    ("307 ", "targets.other_region"),
    ("without location", "targets.other_region"),
    ("redirect", "targets.other_region"),
    ("500 ", "targets.server_broken"),
    ("502 ", "targets.server_broken"),
    ("504 ", "targets.server_broken"),
    ("Content-Range", "targets.line_cut"),
    ("<html", "targets.sign_in_page"),
    ("certificate", "targets.certificate"),
    ("dns error", "targets.no_such_host"),
    ("failed to lookup", "targets.no_such_host"),
    ("Connection refused", "targets.nobody_listens_s3"),
    ("deadline has elapsed", "targets.no_answer"),
    ("timed out", "targets.no_answer"),
    ("TimedOut", "targets.no_answer"),
    ("error sending request", "targets.line_cut"),
    ("response body", "targets.line_cut"),
    ("response", "targets.sign_in_page"),
)


def is_missing(cause: BaseException) -> bool:
    """Return whether a file is not there, rather than the bucket."""
    said = str(cause)
    return "NoSuchBucket" not in said


def explained(cause: BaseException, host: str, shown: str) -> Refusal:
    """Return the refusal for what the library raised."""
    said = f"{cause!s} {cause!r}"
    for words, code in _SAID:
        if words.lower() in said.lower():
            return Refusal(code, host=host, folder=shown)
    return Refusal("targets.server_broken", host=host, folder=shown)
