"""What browsers and proxies are told, and whom the server believes."""
import base64
import hashlib
import re

import pytest
import requests

import routes
from client import NO_TOKEN, Api
from processes import Server, command
from scene import MISSING_ID, unique
from waiting import eventually

ORIGIN = "https://console.example.com"
ALWAYS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
          "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
          "Cache-Control": "no-store", "Server": "mim"}


@pytest.fixture(scope="module")
def every_answer(api):
    """One answer of every route, with and without a token, and of what is no route at all."""
    found = []
    for method, path in [*routes.ALL, ("GET", "/nowhere"), ("PATCH", "/databases"), ("OPTIONS", "/databases")]:
        for token in (NO_TOKEN, None):
            if (method, path) == ("POST", "/auth/logout") and token is None:
                continue  # would end the session that the other answers need
            with api.raw(method, path, token=token, content=b"{}", stream=True) as response:
                found.append((f"{method} {path}", response))
    for path in ("/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"):
        found.append((path, requests.get(api.address + path, timeout=20)))
    return found


def test_every_answer_carries_the_security_headers(every_answer):
    for name, response in every_answer:
        for header, value in ALWAYS.items():
            assert response.headers[header] == value, f"{header} of {name}"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], name
        assert "geolocation=()" in response.headers["Permissions-Policy"], name
        assert "Strict-Transport-Security" not in response.headers, "not over plain HTTP"


def test_no_answer_sets_a_cookie_or_lets_an_origin_in(every_answer):
    for name, response in every_answer:
        assert "Set-Cookie" not in response.headers, name
        assert not [header for header in response.headers if header.lower().startswith("access-control-")], name


def test_the_api_page_holds_nothing_that_its_policy_does_not_know(shared_server):
    response = requests.get(shared_server.address + "/docs", timeout=20)
    policy = response.headers["Content-Security-Policy"]
    styles = re.findall(r"<style>(.*?)</style>", response.text, re.S)
    hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() + "'" for style in styles]
    assert len(hashes) == 1 and re.search(r"style-src ([^;]+);", policy).group(1) == hashes[0], hashes
    assert "unsafe" not in policy and policy.startswith("default-src 'none'")
    assert not re.search(r"<script|<[^>]+ style=|<[^>]+ on\w+=|javascript:", response.text)


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
def test_a_form_of_another_site_changes_nothing(api, media_type):
    """What a browser sends across sites without asking: three media types, and no header of the page's choice."""
    changing = [(method, path) for method, path in routes.ALL if method != "GET"]
    for method, path in changing:
        bodies = routes.BODIES.get((method, path), {})
        body = routes.body_of((method, path), MISSING_ID) if bodies else {}
        if (method, path) in routes.PUBLIC:
            response = api.raw(method, path, body, token=NO_TOKEN, headers={"Content-Type": media_type})
            assert response.status_code == 415, f"{method} {path}"
        else:
            response = api.raw(method, path, body, token=NO_TOKEN, headers={"Content-Type": media_type})
            assert response.status_code == 401, f"{method} {path}"
            signed_in = api.raw(method, path, body, headers={"Content-Type": media_type})
            assert signed_in.status_code == 415, f"{method} {path}"


@pytest.fixture(scope="module")
def fronted(tmp_path_factory, logs):
    """A server behind a proxy on the loopback, for the pages of one origin."""
    server = Server(tmp_path_factory.mktemp("fronted"), logs, MIM_TRUSTED_PROXIES="127.0.0.0/8,fd00::/8",
                    MIM_CORS_ORIGINS=f"https://other.example,{ORIGIN}")
    yield server
    assert server.stop() == 0


def test_a_listed_origin_may_ask_and_read(fronted):
    url = fronted.address + "/api/v1/databases/list"
    ask = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST",
           "Access-Control-Request-Headers": "authorization,content-type"}
    preflight = requests.options(url, headers=ask, timeout=20)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type"} <= set(
        preflight.headers["Access-Control-Allow-Headers"].lower().replace(" ", "").split(","))
    api = Api(fronted.address).sign_up(unique("page"))
    for answer in (preflight, api.raw("POST", "/databases/list", {}, headers={"Origin": ORIGIN}),
                   api.raw("POST", "/databases/list", {}, token="x", headers={"Origin": ORIGIN})):
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert answer.headers["Vary"] == "Origin"
        assert {"X-Request-Id", "Retry-After"} <= set(
            answer.headers["Access-Control-Expose-Headers"].replace(" ", "").split(","))
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", ORIGIN + ".evil.example", "http://console.example.com", "null"])
def test_another_origin_may_not(fronted, origin):
    for method in ("GET", "OPTIONS"):
        answer = requests.request(method, fronted.address + "/healthz", timeout=20,
                                  headers={"Origin": origin, "Access-Control-Request-Method": "GET"})
        assert "Access-Control-Allow-Origin" not in answer.headers and answer.headers["Vary"] == "Origin"


def address_logged(server, headers):
    """The address that the server holds a request to come from."""
    request_id = requests.get(server.address + "/healthz", headers=headers, timeout=20).headers["X-Request-Id"]
    line = eventually(lambda: next((line for line in server.log().splitlines() if request_id in line), None))
    return re.search(r"\bfrom=\"?([0-9a-f.:]+)", line).group(1)


def test_a_trusted_proxy_tells_who_the_client_is(fronted):
    assert address_logged(fronted, {"X-Forwarded-For": "203.0.113.9"}) == "203.0.113.9"
    assert address_logged(fronted, {"X-Forwarded-For": "198.51.100.1, 203.0.113.9, 127.0.0.5"}) == "203.0.113.9"
    assert address_logged(fronted, {"X-Forwarded-For": "2001:DB8::1"}) == "2001:db8::1"
    assert address_logged(fronted, {"Forwarded": "for=203.0.113.9"}) == "127.0.0.1", "not the header it writes"


def test_nobody_else_is_believed(shared_server):
    headers = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Forwarded-Proto": "https"}
    assert address_logged(shared_server, headers) == "127.0.0.1"
    answer = requests.get(shared_server.address + "/healthz", headers=headers, timeout=20)
    assert "Strict-Transport-Security" not in answer.headers


def test_who_came_to_the_proxy_by_https_stays_there(fronted):
    answer = requests.get(fronted.address + "/healthz", headers={"X-Forwarded-Proto": "https"}, timeout=20)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_other_header_can_be_chosen(start_server):
    server = start_server(MIM_TRUSTED_PROXIES="127.0.0.1", MIM_FORWARDED_HEADER="forwarded")
    headers = {"Forwarded": 'for="[2001:db8::9]:4711";proto=https', "X-Forwarded-For": "198.51.100.1"}
    assert address_logged(server, headers) == "2001:db8::9"


def test_lists_in_the_configuration_file(start_server, tmp_path):
    file = tmp_path / "mim.ini"
    file.write_text(f"[serve]\ntrusted-proxies = 10.0.0.0/8,127.0.0.1\ncors-origins = https://other.example,{ORIGIN}\n")
    server = start_server(MIM_CONFIG=file)
    assert address_logged(server, {"X-Forwarded-For": "203.0.113.9"}) == "203.0.113.9"
    answer = requests.get(server.address + "/healthz", headers={"Origin": ORIGIN}, timeout=20)
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


@pytest.mark.parametrize("name,value", [("MIM_TRUSTED_PROXIES", "10.0.0.0/99"), ("MIM_CORS_ORIGINS", "*"),
                                        ("MIM_CORS_ORIGINS", "https://a.example/path"),
                                        ("MIM_FORWARDED_HEADER", "via")])
def test_bad_settings_are_named(tmp_path, name, value):
    result = command("serve", "--listen", "127.0.0.1:0", "--data", tmp_path, **{name: value})
    assert result.returncode not in (0, -6, -11)
    flag = "--" + name.removeprefix("MIM_").lower().replace("_", "-")
    assert flag in result.stderr and value in result.stderr
