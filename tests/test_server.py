"""What the server promises before any page is drawn: whom it answers, what it says and keeps."""

import concurrent.futures
import gzip
import http.client
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from websockets import exceptions

import live
import serving

ANSWER = "patient 943"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Server]:
    with serving.running(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Server]:
    folder = tmp_path_factory.mktemp("faulty")
    with serving.running(folder, application="faulty_app") as started:
        yield started


def get(
    server: serving.Server, path: str, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=names)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def script_path(server: serving.Server) -> str:
    page = get(server, "/")[2].decode()
    found = re.search(r'src="\.(/static/js/index[^"]+)"', page)
    assert found
    return found.group(1)


def test_health_and_readiness_answer(server: serving.Server) -> None:
    assert json.loads(get(server, "/health")[2]) == {"status": "ok"}
    assert json.loads(get(server, "/readyz")[2]) == {"status": "ready"}


def test_a_damaged_review_database_makes_the_server_not_ready(tmp_path: Path) -> None:
    with serving.running(tmp_path) as started:
        assert get(started, "/readyz")[0] == 200
        for file in tmp_path.glob("reviews.sqlite*"):
            file.write_bytes(b"not a database" * 1000)
        status, _, body = get(started, "/readyz")
        assert status == 503
        assert json.loads(body) == {"status": "not ready", "missing": ["reviews"]}
        assert get(started, "/health")[0] == 200


@pytest.mark.parametrize("path", ["/", "/health", "/review", "/_stcore/health"])
def test_every_answer_tells_the_browser_what_to_refuse(server: serving.Server, path: str) -> None:
    headers = get(server, path)[1]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_scripts_come_compressed_and_are_kept_by_the_browser(server: serving.Server) -> None:
    path = script_path(server)
    plain = get(server, path)
    for accepted, way, unpack in (
        ("gzip, deflate", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
    ) * 2:
        _, headers, body = get(server, path, Accept_Encoding=accepted)
        assert headers["Content-Encoding"] == way
        assert "immutable" in headers["Cache-Control"]
        assert len(body) < len(plain[2]) / 2
        assert unpack(body) == plain[2]


def test_a_wrong_static_path_is_not_kept_as_a_lasting_file(server: serving.Server) -> None:
    headers = get(server, "/static/js/nothing.js", Accept_Encoding="gzip")[1]
    assert "immutable" not in headers["Cache-Control"]
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8501", 200),
        ("127.0.0.1", 200),
        ("[::1]:8501", 200),
        ("LOCALHOST", 200),
        ("evil.test", 403),
        ("localhost.evil.test", 403),
        ("localhost:8501.evil.test", 403),
        ("evil.test:8501", 403),
        ("", 403),
    ],
)
def test_only_its_own_host_names_are_served(server: serving.Server, host: str, status: int) -> None:
    assert get(server, "/health", Host=host)[0] == status


def test_more_host_names_are_allowed_by_the_environment(tmp_path: Path) -> None:
    allowed = {"ALLOWED_HOSTS": "intake.clinic.test, other.test"}
    with serving.running(tmp_path, environment=allowed) as started:
        assert get(started, "/health", Host="intake.clinic.test")[0] == 200
        assert get(started, "/health", Host="third.test")[0] == 403


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://localhost:9999"])
def test_a_page_of_another_site_is_refused(server: serving.Server, origin: str) -> None:
    assert get(server, "/_stcore/host-config", Origin=origin)[0] == 403
    with pytest.raises(exceptions.InvalidStatus), live.reader(server, origin=origin):
        pass


def test_ten_clients_of_another_site_do_not_slow_the_others(server: serving.Server) -> None:
    def knock() -> None:
        for _ in range(5):
            with pytest.raises(exceptions.InvalidStatus):
                live.reader(server, origin="https://evil.test").__enter__()

    with concurrent.futures.ThreadPoolExecutor(10) as clients:
        knocking = [clients.submit(knock) for _ in range(10)]
        waits = []
        while not all(one.done() for one in knocking):
            start = time.perf_counter()
            get(server, "/health")
            waits.append(time.perf_counter() - start)
    assert all(one.exception() is None for one in knocking)
    assert sorted(waits)[len(waits) // 2] < 0.1
    assert max(waits) < 1.0


def test_someone_from_another_computer_is_refused_while_there_is_no_sign_in(
    server: serving.Server,
) -> None:
    status, _, body = get(server, "/health", X_Forwarded_For="192.0.2.7")
    assert status == 403
    assert b"this computer only" in body


def test_a_start_for_other_computers_without_sign_in_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match="no sign-in yet"),
        serving.running(tmp_path, environment={"INTAKE_HOST": "0.0.0.0"}, first=True),  # noqa: S104  # it is refused
    ):
        pass


def test_a_start_in_a_folder_without_the_private_settings_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match=r"browser\.gatherUsageStats: must be False"),
        serving.running(tmp_path, start_in=tmp_path, first=True),
    ):
        pass


def test_telemetry_is_off_in_what_the_browser_is_told(server: serving.Server) -> None:
    with live.reader(server) as reader:
        messages = reader.run()
    told = [message.new_session for message in messages if message.HasField("new_session")]
    assert told[0].config.gather_usage_stats is False


@pytest.mark.parametrize(
    "path", ["/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/metrics"]
)
def test_the_agent_api_and_the_metrics_are_closed(server: serving.Server, path: str) -> None:
    assert get(server, path)[0] == 403


def test_the_home_page_is_drawn_without_a_fault(server: serving.Server) -> None:
    with live.reader(server) as reader:
        assert "exception" not in live.elements(reader.run())
        assert "exception" not in live.elements(reader.run())


def test_a_fault_shows_a_reference_code_and_nothing_of_the_data(faulty: serving.Server) -> None:
    with live.reader(faulty) as reader:
        messages = reader.run()
    sent = b"".join(message.SerializeToString() for message in messages)
    found = re.search(rb"reference code (E-[0-9A-F]{8})", sent)
    assert found
    assert ANSWER.encode() not in sent
    assert b"ValueError" not in sent
    log = faulty.log.read_text()
    assert found.group(1).decode() in log
    assert "ValueError at faulty_page.py:" in log
    assert ANSWER not in log


def test_a_refusal_shows_its_place_its_fault_and_the_way_out(faulty: serving.Server) -> None:
    with live.reader(faulty) as reader:
        messages = reader.run(query="refuse=1")
    sent = b"".join(message.SerializeToString() for message in messages)
    assert b"row 7, column 'sex'" in sent
    assert b"must be one of female, male, other" in sent
    assert b"Fix it" in sent


def test_the_log_names_no_request(server: serving.Server) -> None:
    get(server, "/review?site=river")
    assert "river" not in server.log.read_text()
