"""S3 against scripted answers: what no real server does on demand. The real one is tried by hand."""

from __future__ import annotations

import dataclasses
import os
import threading

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.targets.descriptions import S3Place
from leadapp.targets.s3 import S3Target
from leadapp.targets.trial import try_out
from tests.targets import scripted_s3
from tests.targets.proxy import line_to
from tests.targets.scripted_s3 import BUCKET, Wrong, error

RING = "abcdefgh"
PAGE = b"<html><head><title>Guest network</title></head><body>Sign in</body></html>"


@pytest.fixture
def bucket():
    with scripted_s3.serving() as made:
        yield made


def at(bucket, **other) -> S3Target:
    place = S3Place(BUCKET, "county/lead", bucket.endpoint, key="key", secret="secret")
    return S3Target(dataclasses.replace(place, **other), patience=3, retries=1)


@pytest.fixture
def target(bucket) -> S3Target:
    made = at(bucket)
    made.prepare()
    return made


def refused(act) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    said = load_words(resources() / "words").of(caught.value)
    assert said != caught.value.code
    assert said.endswith(".")
    assert "{" not in said
    return caught.value.code


def test_what_is_put_can_be_listed_and_read_and_deleted(bucket, target):
    target.put(RING, "one.dvb", b"12345")
    assert target.list_sizes(RING) == {"one.dvb": 5}
    assert target.folders() == {RING}
    assert target.get(RING, "one.dvb", 100) == b"12345"
    assert target.get(RING, "one.dvb", 3) == b"123"
    assert set(bucket.files) == {"county/lead/README.txt", f"county/lead/{RING}/one.dvb"}
    target.delete(RING, "one.dvb")
    target.delete(RING, "one.dvb")
    assert target.list_sizes(RING) == {}
    assert refused(lambda: target.get(RING, "one.dvb", 5)) == "targets.cannot_read"


def test_a_file_that_is_there_stays_as_it_is(target):
    target.put(RING, "one.dvb", b"first")
    target.put(RING, "one.dvb", b"second")
    assert target.get(RING, "one.dvb", 100) == b"first"


def test_a_list_of_several_pages_is_whole(bucket, target):
    for number in range(350):
        bucket.files[f"county/lead/{RING}/{number:03}.dvb"] = b"x" * number
    found = target.list_sizes(RING)
    assert len(found) == 350
    assert found["013.dvb"] == 13


def test_a_trial_leaves_no_file(bucket, target):
    try_out(target, "here")
    assert set(bucket.files) == {"county/lead/README.txt"}


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (404, "NoSuchBucket", "no_such_bucket"),
        (403, "InvalidAccessKeyId", "wrong_keys"),
        (403, "SignatureDoesNotMatch", "wrong_keys"),
        (403, "RequestTimeTooSkewed", "clock_differs"),
        (403, "AccessDenied", "keys_may_not"),
        (301, "PermanentRedirect", "other_region"),
        (409, "OperationAborted", "server_locked"),
        (423, "Locked", "server_locked"),
        (429, "TooManyRequests", "server_busy"),
        (503, "SlowDown", "server_busy"),
        (507, "InsufficientStorage", "server_full"),
        (403, "QuotaExceeded", "server_full"),
        (500, "InternalError", "server_broken"),
        (502, "BadGateway", "server_broken"),
        (504, "GatewayTimeout", "server_broken"),
    ],
)
def test_each_answer_has_its_sentence(bucket, target, status, code, said):
    bucket.always = Wrong(status, error(code))
    assert refused(lambda: target.list_sizes(RING)) == f"targets.{said}"
    if status != 409:  # that one says that somebody else is just adding the same file
        assert refused(lambda: target.put(RING, "one.dvb", b"1")) == f"targets.{said}"
    bucket.always = None
    assert target.list_sizes(RING) == {}


def test_a_server_that_stumbles_once_is_asked_again(bucket, target):
    bucket.wrong = [Wrong(503, error("SlowDown"))]
    target.put(RING, "one.dvb", b"12345")
    bucket.wrong = [Wrong(500)]
    assert target.get(RING, "one.dvb", 9) == b"12345"


def test_a_sign_in_page_is_neither_a_list_nor_a_file_nor_a_yes(bucket, target):
    target.put(RING, "one.dvb", b"12345")
    bucket.always = Wrong(200, PAGE, "text/html")
    assert refused(lambda: target.list_sizes(RING)) == "targets.sign_in_page"
    assert refused(target.folders) == "targets.sign_in_page"
    assert refused(lambda: target.get(RING, "one.dvb", 100)) == "targets.sign_in_page"
    assert refused(lambda: target.put(RING, "two.dvb", b"2")) == "targets.sign_in_page"


def test_a_way_to_a_sign_in_page_is_not_followed_to_a_file(bucket, target):
    bucket.files["page"] = PAGE
    bucket.always = Wrong(302, PAGE, "text/html", (("Location", f"{bucket.endpoint}/x"),))
    with pytest.raises(Refusal):
        target.get(RING, "one.dvb", 100)
    with pytest.raises(Refusal):
        target.list_sizes(RING)


HEADERS = (("ETag", '"1"'), ("Last-Modified", "Sun, 22 Nov 2026 09:00:00 GMT"))


def test_half_an_answer_is_no_file(bucket, target):
    kind = "application/octet-stream"
    bucket.always = Wrong(200, b"x" * 1000, kind, HEADERS, cut=500)
    assert refused(lambda: target.get(RING, "one.dvb", 2000)) == "targets.line_cut"


def test_an_answer_of_another_kind_is_no_file(bucket, target):
    bucket.always = Wrong(200, b'{"sign in": "please"}', "application/json")
    assert refused(lambda: target.get(RING, "one.dvb", 2000)) == "targets.sign_in_page"


def test_a_server_that_is_gone_or_silent_is_said(bucket):
    with line_to(int(bucket.endpoint.rsplit(":", 1)[1])) as line:
        made = S3Target(
            S3Place(BUCKET, "", f"http://127.0.0.1:{line.port}", key="k", secret="s"),
            patience=0.5,
            retries=0,
        )
        made.prepare()
        line.stuck = True
        assert refused(lambda: made.list_sizes(RING)) == "targets.no_answer"
        line.stuck = False
    gone = at(bucket, endpoint="http://127.0.0.1:9")
    assert refused(gone.prepare) == "targets.nobody_listens_s3"
    nowhere = at(bucket, endpoint="https://no-such-host.invalid")
    assert refused(nowhere.prepare) == "targets.no_such_host"


def test_an_upload_is_stopped_from_another_thread(bucket):
    with line_to(int(bucket.endpoint.rsplit(":", 1)[1])) as line:
        line.bytes_a_second = 100_000
        made = at(bucket, endpoint=f"http://127.0.0.1:{line.port}")
        stop = threading.Timer(0.5, made.cancel)
        stop.start()
        put = lambda: made.put(RING, "one.dvb", os.urandom(2_000_000))  # noqa: E731
        assert refused(put) == "targets.cancelled"
        stop.join()
    assert bucket.files == {}


def test_an_authority_of_the_countys_own_is_trusted_only_where_it_was_given(tmp_path):
    with scripted_s3.serving(tmp_path / "tls") as bucket:
        assert refused(at(bucket).prepare) == "targets.certificate"
        made = at(bucket, authority=bucket.authority)
        made.prepare()
        made.put(RING, "one.dvb", b"12345")
        assert made.get(RING, "one.dvb", 9) == b"12345"
        other = scripted_s3.make_certificate(tmp_path / "another")
        assert refused(at(bucket, authority=other).prepare) == "targets.certificate"


def test_only_a_safe_way_is_taken(bucket):
    assert refused(lambda: at(bucket, endpoint="http://10.0.0.1:8000")) == "targets.not_https"
    assert refused(lambda: at(bucket, endpoint="ftp://somewhere")) == "targets.not_https"
    assert refused(lambda: at(bucket, authority="no certificate")) == "targets.bad_s3_settings"


def test_without_an_endpoint_it_is_amazons_of_that_region(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://elsewhere.example")

    made = S3Target(S3Place(BUCKET, "county/lead", key="key", secret="secret", region="us-west-2"))

    assert made._store.config["endpoint"] == "https://s3.us-west-2.amazonaws.com"
