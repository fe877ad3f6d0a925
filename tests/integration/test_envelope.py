"""What holds for every route: the bases, the slash, the token, the envelope, and bodies of every wrong kind."""
import json
import pathlib
import re
import socket

import pytest
import requests

import shapes
from client import BASES, NO_TOKEN
from routes import ADMINISTERING, ALL, BODIES, ID, PROTECTED, PUBLIC, body_of
from scene import Scene


def named(routes):
    ids = [f"{method} {path.replace(ID, 'ID')}" for method, path in routes]
    return pytest.mark.parametrize("route", routes, ids=ids)


@named(PROTECTED)
@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("slash", ["", "/"])
def test_every_route_exists_under_both_bases_and_wants_a_token(visitor, route, base, slash):
    method, path = route
    reply = visitor.again(base=base).call(method, path + slash, token=NO_TOKEN)
    reply.expect_error(401, "Token is required")


@named(PUBLIC)
@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("slash", ["", "/"])
def test_public_routes(visitor, route, base, slash):
    method, path = route
    visitor.again(base=base).call(method, path + slash, {}, token=NO_TOKEN).expect(400)


@pytest.mark.parametrize("path", ["/nothing", "/databases/a/b/c", "/auth", "/"])
def test_unknown_url(api, path):
    api.get(path).expect_error(404, "URL not found")


@pytest.mark.parametrize("base", ["", "/api", "/api/v2", "/API/V1"])
def test_other_bases_are_unknown(api, base):
    api.again(base=base).get("/auth/profile").expect_error(404, "URL not found")


def test_another_method_of_a_known_path(api):
    # The contract has no 405: a method that a path does not have is a URL that is not there.
    for method, path in (("DELETE", "/auth/profile"), ("GET", "/auth/login"), ("PATCH", "/auth/profile")):
        api.call(method, path).expect_error(404, "URL not found")


def test_parameters_that_nobody_reads_are_refused(api):
    """A filter that is mistyped, or stands where none is read, would be a false answer."""
    reply = api.get("/auth/profile?a=1&b=%00&c").expect_bad_field("a", "b", "c")
    assert reply.error["a"] == "Parameter is unknown: there are none here"
    api.post("/databases/list?limit=1", {}).expect_bad_field("limit")
    reply = api.get("/api-keys?lmit=1&page=0").expect_bad_field("lmit")
    assert reply.error == {"lmit": "Parameter is unknown: did you mean limit?"}
    api.get("/api-keys?limit=1&page=1&").expect(200)


def test_operations_take_what_probes_add(api):
    assert requests.get(f"{api.address}/healthz?probe=1", timeout=20).status_code == 200


def test_request_ids_differ(api):
    assert api.get("/auth/profile").headers["X-Request-Id"] != api.get("/auth/profile").headers["X-Request-Id"]


def test_error_codes_are_stable_numbers_per_cause(api, visitor):
    def code(reply):
        return reply.body["error_code"]
    missing = [code(api.get(f"/databases/{ID}")), code(api.get(f"/databases/{ID}"))]
    required = code(visitor.get("/auth/profile", token=NO_TOKEN))
    wrong = code(visitor.get("/auth/profile", token="a.b.c"))
    unknown = code(api.get("/nothing"))
    assert missing[0] == missing[1] and len({missing[0], required, wrong, unknown}) == 4


# Where no field is required, no body at all may pass for an empty object.
ALL_OPTIONAL = {("PUT", "/auth/profile"): 200, ("POST", "/databases/list"): 200,
                ("PUT", f"/databases/{ID}"): 404, ("PUT", f"/indexes/{ID}"): 404,
                ("POST", f"/indexes/sync-status/{ID}/restore"): 404, ("POST", f"/indexes/sync-status/{ID}/retry"): 404,
                ("POST", f"/queue/dead-letters/{ID}/retry"): 404, ("POST", "/users/list"): 200, ("POST", "/invites"): 201,
                ("DELETE", f"/databases/{ID}"): 200, ("DELETE", f"/users/{ID}"): 200, ("POST", "/trash/list"): 200}


@named(sorted(BODIES))
@pytest.mark.parametrize("content", [b"", b"{", b"nothing", b"[]", b'"text"', b"1", b"null", b'{"a":1}x', b"{'a':1}",
                                     b'{"a":"\xff\xfe"}', b"[" * 5000, b'{"a":' * 5000],
                         ids=lambda content: repr(content[:12]))
def test_what_is_not_a_json_object(api, route, content):
    method, path = route
    reply = api.call(method, path, content=content)
    reply.expect(*((ALL_OPTIONAL[route], 400) if route in ALL_OPTIONAL and content == b"" else (400,)))


@named(sorted(BODIES))
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml",
                                  "multipart/form-data; boundary=x", "application/jsonx"])
def test_other_content_types(api, scene_id, route, kind):
    method, path = route
    api.call(method, path, body_of(route, scene_id), headers={"Content-Type": kind}).expect(415)


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_content_types(api, kind):
    api.post("/databases/list", {}, headers={"Content-Type": kind}).expect(200)


@pytest.fixture(scope="module")
def scene_id(api, shared_sandbox):
    return Scene(api, shared_sandbox).id


def wrong_values(value):
    """Values of the other JSON types; an object and a list are wrong for everything but themselves."""
    others = ["text", 1, True, {}, []]
    if isinstance(value, bool):
        return ["true", 1, {}, []]
    if isinstance(value, int):
        return ["1", True, 1.5, {}, []]
    return [other for other in others if type(other) is not type(value)]


WRONG = [(route, field, wrong) for route, body in sorted(BODIES.items()) for field, value in body.items()
         for wrong in wrong_values("" if field == "database_id" else value)]


@pytest.mark.parametrize("route,field,wrong", WRONG,
                         ids=[f"{r[0]} {r[1].replace(ID, 'ID')} {f}={w!r}" for r, f, w in WRONG])
def test_wrong_type_of_every_field(api, scene_id, route, field, wrong):
    method, path = route
    reply = api.call(method, path, {**body_of(route, scene_id), field: wrong})
    reply.expect_bad_field(field)
    # Which field it is, what it takes, and what was sent.
    told = [re.fullmatch(r"Field wrong type: (\S+) must be (.+), not (.+)", reason) for reason in reply.error.values()]
    assert any(each and each[1].startswith(field) for each in told), reply.error


@pytest.mark.parametrize("text", ["x", "0", ID[:-1], ID + "0", ID[:-1] + "g"])
def test_an_id_of_another_form_leads_to_nothing_in_a_path_and_is_told_in_a_body(api, text):
    for method, path in PROTECTED:
        if ID in path and (method, path) not in ADMINISTERING:
            body = BODIES.get((method, path))
            api.call(method, path.replace(ID, text), body).expect_error(404, "Resource not found")
    reply = api.post("/indexes/plan", {"database_id": text}).expect_bad_field("database_id")
    assert reply.error["database_id"].startswith("Field wrong type: database_id must be an id of 24 hexadecimal digits such as ")


@named(sorted(BODIES))
def test_a_field_that_is_there_twice_is_refused(api, scene_id, route):
    """One reader would take the first, another the last."""
    method, path = route
    body = body_of(route, scene_id)
    for name, value in body.items():
        twice = json.dumps(body)[:-1] + f", {json.dumps(name)}: {json.dumps(value)}}}"
        reply = api.call(method, path, content=twice.encode()).expect(400)
        assert reply.error == {name: "Is there twice: which one is meant?"}


def test_a_member_that_is_there_twice_is_told_with_its_path(api, scene_id):
    body = f'{{"database_id": "{scene_id}", "collection": "c", "name": "n", "keys": [{{"field": "a", "value": 1}}], '
    for options, path in (('{"is_unique": true, "is_unique": false}', "options.is_unique"),
                          ('{"collation": {"locale": "de", "locale": "en"}}', "options.collation.locale"),
                          ('{"partial_filter_expression": {"a": {"$gt": 1, "$gt": 2}}}',
                           "options.partial_filter_expression.a.$gt")):
        reply = api.post("/indexes", content=(body + f'"options": {options}}}').encode()).expect(400)
        assert list(reply.error) == [path]
    twice = body.replace('"value": 1', '"value": 1, "value": -1') + '"options": {}}'
    assert list(api.post("/indexes", content=twice.encode()).expect(400).error) == ["keys[0].value"]


def test_wrong_types_of_several_fields_are_named_together(api):
    reply = api.post("/databases/", {"name": 1, "uri": [], "db_name": {}, "is_test_connection": "x"})
    reply.expect_bad_field("name", "uri", "db_name", "is_test_connection")


@named(sorted(BODIES))
def test_an_unknown_field_is_refused_beside_the_other_bad_ones(api, scene_id, route):
    method, path = route
    body = body_of(route, scene_id)
    first = next(iter(body))
    wrong = {**body, first: [] if isinstance(body[first], dict) else {}, first + "s_": 1}
    reply = api.call(method, path, wrong).expect_bad_field(first, first + "s_")
    assert f"did you mean {first}?" in reply.error[first + "s_"], reply.error


@named([route for route in PROTECTED if route not in BODIES and route != ("POST", "/audit/list")])
def test_a_body_where_none_is_read_is_refused(api, route):
    method, path = route
    token = api.refresh if path == "/auth/refresh-token" else None
    reply = api.call(method, path, {"confirm": "x"}, token=token).expect(400, 403)
    assert reply.status == 403 or reply.error == {"confirm": "Field is unknown: there are none here"}


DOCUMENT = json.loads((pathlib.Path(__file__).resolve().parents[2] / "src/http/openapi/openapi.json").read_text())


def documented(schema):
    """The properties of a schema, with those of all that it is composed of."""
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    found = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []) + [one for one in schema.get("anyOf", []) if "$ref" in one]:
        found = {**documented(part), **found}
    return found


def schema_of(route):
    method, path = route
    place = path.replace(ID, "{id}")
    found = [methods[method.lower()] for pattern, methods in DOCUMENT["paths"].items()
             if re.sub(r"{\w+}", "{id}", pattern) == place and method.lower() in methods]
    return found[0]["requestBody"]["content"]["application/json"]["schema"]


def offered(reply, path):
    return set(reply.error[path].removeprefix("Field is unknown: known here are ").split(", "))


@named(sorted(BODIES))
def test_what_is_known_is_what_is_documented(api, scene_id, route):
    method, path = route
    known = documented(schema_of(route))
    reply = api.call(method, path, {**dict.fromkeys(known), **body_of(route, scene_id), "zzzzzzzzz": 1})
    assert [name for name, reason in reply.error.items() if "unknown" in reason] == ["zzzzzzzzz"]
    assert offered(reply, "zzzzzzzzz") == set(known)


def test_options_and_collation_know_what_is_documented(scene):
    options = documented(DOCUMENT["components"]["schemas"]["GivenOptions"])
    collation = documented(options["collation"])
    body = scene.definition("c", {"a": 1}, **{**dict.fromkeys(options), "zzzzzzzzz": 1},)
    body["options"]["collation"] = {**dict.fromkeys(collation), "locale": "de", "zzzzzzzzz": 1}
    reply = scene.api.post("/indexes", body).expect_bad_field("options.zzzzzzzzz", "options.collation.zzzzzzzzz")
    assert len(reply.error) == 2
    aliases = {name for name, each in options.items() if each.get("description", "").startswith("The same as")}
    assert offered(reply, "options.zzzzzzzzz") == set(options) - aliases


def test_an_option_by_mongodbs_name_is_the_option(scene):
    """`unique` was dropped once, and an index that is not unique saved."""
    index = scene.define("c", {"a": 1}, unique=True, expireAfterSeconds=60, collation={"locale": "de", "caseLevel": True})
    options = scene.get(index)["options"]
    assert options["is_unique"] is True and options["expire_after_seconds"] == 60
    assert options["collation"] == {"locale": "de", "case_level": True}
    reply = scene.try_define("c", {"b": 1}, unique=True, is_unique=False).expect_bad_field("options.is_unique")
    assert "is_unique and unique" in reply.error["options.is_unique"]
    reply = scene.try_define("c", {"b": 1}, uniqe=True).expect_bad_field("options.uniqe")
    assert reply.error["options.uniqe"] == "Field is unknown: did you mean unique?"


def test_a_mistyped_name_does_not_widen_what_is_asked(scene):
    body = {"database_id": scene.id, "collection": ["orders"]}
    reply = scene.api.post("/indexes/generate-script", body).expect_bad_field("collection")
    assert reply.error["collection"] == "Field is unknown: did you mean collections?"
    body = {"database_id": scene.id, "include_unmanged": True}
    reply = scene.api.post("/indexes/compare-by-database", body).expect_bad_field("include_unmanged")
    assert reply.error["include_unmanged"] == "Field is unknown: did you mean include_unmanaged?"


def test_what_was_read_may_be_sent_back(scene):
    api, index = scene.api, scene.define("c", {"a": 1}, is_unique=True)
    api.put(f"/indexes/{index}", api.get(f"/indexes/{index}").data).expect(200)
    api.put(f"/indexes/{index}", {"collection": "other"}).expect_bad_field("collection")
    api.put(f"/indexes/{index}", {"database_id": ID}).expect_bad_field("database_id")
    api.put(f"/databases/{scene.id}", api.get(f"/databases/{scene.id}").data).expect(200)


@pytest.fixture
def scene(api, shared_sandbox):
    return Scene(api, shared_sandbox)


def test_strange_text_is_kept_or_refused_but_never_an_error_of_ours(user):
    for text in ("\u0000", "a\u0000b", "🧮", "\ud83e", "\u202e", "'; DROP TABLE users; --", "%s%n", "a" * 100_000):
        reply = user.put("/auth/profile", {"first_name": text}).expect(200, 400)
        if reply.status == 200:
            assert user.get("/auth/profile").data["first_name"] == text


def send_slowly(server, head, chunks):
    """Sends a request that the server may refuse half-way, and returns what it answered."""
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        try:
            connection.sendall(head)
            for chunk in chunks:
                connection.sendall(chunk)
        except OSError:
            pass  # refused before the end, as it may be
        answer = b""
        while b"\r\n\r\n" not in answer:
            try:
                received = connection.recv(65536)
            except OSError:
                break
            if not received:
                break
            answer += received
        return answer.decode(errors="replace")


def head_of(api, more):
    return (f"POST {api.base}/databases/list HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {api.access}\r\n"
            f"Content-Type: application/json\r\n{more}\r\n\r\n").encode()


def test_ten_megabytes(api, shared_server):
    size = 10 * 1024 * 1024
    head = head_of(api, f"Content-Length: {size}")
    answer = send_slowly(shared_server, head, [b'{"query":"'] + [b"x" * 65536] * (size // 65536))
    assert answer.startswith("HTTP/1.1 413 "), answer[:300]
    assert "request_id" in answer or "X-Request-Id" in answer


def test_ten_megabytes_in_chunks(api, shared_server):
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    answer = send_slowly(shared_server, head_of(api, "Transfer-Encoding: chunked"), [chunk] * 160 + [b"0\r\n\r\n"])
    assert answer.startswith("HTTP/1.1 413 "), answer[:300]


def test_the_server_lives_on_after_garbage(api, shared_server):
    for garbage in (b"\x00" * 100 + b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01",
                    b"GET / HTTP/1.1\r\n" + b"A: " + b"a" * 100_000 + b"\r\n\r\n"):
        send_slowly(shared_server, garbage + b"\r\n\r\n", [])
    api.get("/auth/profile").expect(200)


def test_both_lengths_given_is_no_smuggling(api, shared_server):
    head = head_of(api, "Content-Length: 5\r\nTransfer-Encoding: chunked")
    answer = send_slowly(shared_server, head, [b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"])
    assert answer.count("HTTP/1.1 200") <= 1, answer


def test_keep_alive(api):
    for _ in range(3):
        response = api.raw("GET", "/auth/profile")
        assert response.headers.get("Connection", "keep-alive").lower() == "keep-alive"


def test_all_routes_are_covered_here():
    assert len(set(ALL)) == len(ALL) == 57 and set(BODIES) <= set(ALL)
    assert shapes.ID.fullmatch(ID)
