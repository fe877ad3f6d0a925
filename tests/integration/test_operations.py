"""What operators look at: health, readiness, metrics, the API's own description, and the log."""
import re

import pytest
import requests

import planted
import routes
from client import BASES, NO_TOKEN
from scene import Scene
from waiting import eventually

PATHS = ("/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/.well-known/jwks.json")


def fetch(server, path):
    return requests.get(server.address + path, timeout=20)


@pytest.mark.parametrize("path", PATHS)
def test_they_answer_without_a_token(shared_server, path):
    assert fetch(shared_server, path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_they_are_outside_the_base_path(api, path):
    api.get(path).expect(404)


@pytest.mark.parametrize("path", PATHS)
def test_no_secret_is_shown(shared_server, api, user, path):
    password = planted.new_password()
    Scene(api, None, uri=f"mongodb://u:{password}@127.0.0.1:1/")
    user.post("/auth/login", {"identity": user.username, "password": password}, token=NO_TOKEN).expect(400)
    text = fetch(shared_server, path).text
    assert not planted.leaks(text) and "PRIVATE KEY" not in text and str(shared_server.data) not in text


def test_ready_tells_about_its_parts(shared_server):
    text = fetch(shared_server, "/readyz").text.lower()
    for part in ("store", "queue", "worker"):
        assert part in text


def samples(server):
    found = {}
    for line in fetch(server, "/metrics").text.splitlines():
        if line and not line.startswith("#"):
            match = re.fullmatch(r'([a-zA-Z_:][\w:]*)(\{.*\})? (\S+)( \d+)?', line)
            assert match, f"no line of a Prometheus exposition: {line!r}"
            found[match.group(1) + (match.group(2) or "")] = float(match.group(3))
    return found


def test_metrics_are_prometheus_and_move(shared_server, api):
    before = samples(shared_server)
    assert before
    api.get("/auth/profile")
    assert samples(shared_server) != before


def test_metrics_have_no_ids_for_labels(shared_server, scene):
    scene.api.get(f"/databases/{scene.id}")
    assert scene.id not in fetch(shared_server, "/metrics").text


@pytest.fixture(scope="module")
def document(shared_server):
    return fetch(shared_server, "/openapi.json").json()


def neutral(path):
    path = re.sub(r"\{[^}]+\}|:[a-z_]+", "{}", path.rstrip("/")).replace(routes.ID, "{}")
    for base in BASES:
        path = path.removeprefix(base)
    return path


def test_openapi_version(document):
    assert document["openapi"].startswith("3.1") and document["info"]["title"] and document["info"]["version"]


def test_openapi_has_every_route(document):
    described = {(method.upper(), neutral(path)) for path, item in document["paths"].items() for method in item
                 if method in ("get", "post", "put", "delete", "patch")}
    for method, path in routes.ALL:
        assert (method, neutral(path)) in described, f"{method} {path} is not described"
    operations = {("GET", path) for path in PATHS}
    assert described - operations == {(method, neutral(path)) for method, path in routes.ALL}, "and no other"


def test_openapi_references_resolve(document):
    def walk(value):
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)
    for reference in set(walk(document)):
        found = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]


def test_docs_is_a_page(shared_server):
    response = fetch(shared_server, "/docs")
    assert "text/html" in response.headers["Content-Type"] and "/databases" in response.text


def test_request_id_is_in_the_log(shared_server, api):
    request_id = api.get(f"/databases/{routes.ID}").headers["X-Request-Id"]
    line = eventually(lambda: next((line for line in shared_server.log().splitlines() if request_id in line), None))
    assert "404" in line and "databases" in line


def test_request_id_cannot_break_the_log(shared_server, api):
    chosen = 'x" level="error\\n'
    api.get("/auth/profile", headers={"X-Request-Id": chosen})
    marker = api.get("/auth/profile").headers["X-Request-Id"]
    eventually(lambda: marker in shared_server.log())
    assert chosen not in shared_server.log()


def test_secrets_in_a_query_string_stay_out_of_the_log(shared_server, api):
    password = planted.new_password()
    reply = api.get(f"/databases/{routes.ID}?password={password}")
    eventually(lambda: reply.headers["X-Request-Id"] in shared_server.log())
    assert password not in shared_server.log()
