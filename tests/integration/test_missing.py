"""Things that are not there, and ids that are none."""
import pytest

from routes import BODIES, DATABASE_ID, ID, body_of

BY_PATH = [("GET", f"/databases/{ID}"), ("PUT", f"/databases/{ID}"), ("POST", f"/databases/{ID}/test"),
           ("GET", f"/indexes/{ID}"), ("PUT", f"/indexes/{ID}"), ("GET", f"/indexes/sync-status/{ID}"),
           ("GET", f"/indexes/sync-status/{ID}/events"), ("POST", f"/indexes/sync-status/{ID}/cancel"),
           ("POST", f"/indexes/sync-status/{ID}/retry")]
BY_BODY = [route for route, body in sorted(BODIES.items()) if body.get("database_id") is DATABASE_ID]
LISTS = [("POST", "/databases/collections/list"), ("POST", "/indexes/list-by-collection")]
BAD_IDS = ["x", "0123456789abcdef0123456", "0123456789abcdef012345678", "0123456789abcdef0123456g", "%00", "a'b", "1"]


def ids(routes):
    return [f"{method} {path.replace(ID, 'ID')}" for method, path in routes]


def body_for(route):
    return body_of(route, ID) if route in BODIES else None


@pytest.mark.parametrize("method,path", BY_PATH, ids=ids(BY_PATH))
def test_id_in_the_path(api, method, path):
    api.call(method, path, body_for((method, path))).expect_error(404, "Resource not found")


@pytest.mark.parametrize("route", BY_BODY, ids=ids(BY_BODY))
def test_id_in_the_body(api, route):
    reply = api.call(*route, body_of(route, ID))
    if route in LISTS and reply.status == 200:
        assert reply.data == []  # the contract does not say whether a list of nobody's things is empty or not found
    else:
        reply.expect_error(404, "Resource not found")


@pytest.mark.parametrize("bad", BAD_IDS)
@pytest.mark.parametrize("method,path", BY_PATH, ids=ids(BY_PATH))
def test_malformed_id_in_the_path(api, method, path, bad):
    # Bad input (400) or nothing there (404, perhaps as an unknown URL): the contract allows both readings.
    api.call(method, path.replace(ID, bad), body_for((method, path))).expect(400, 404)


@pytest.mark.parametrize("bad", [*BAD_IDS, ""])
@pytest.mark.parametrize("route", BY_BODY, ids=ids(BY_BODY))
def test_malformed_id_in_the_body(api, route, bad):
    # 400 as a bad field, or 404 as an id that is not there.
    api.call(*route, body_of(route, bad)).expect(400, 404)


@pytest.mark.parametrize("route", BY_BODY, ids=ids(BY_BODY))
def test_no_id_in_the_body(api, route):
    body = {name: value for name, value in body_of(route, ID).items() if name != "database_id"}
    api.call(*route, body).expect_bad_field("database_id")


@pytest.mark.parametrize("path", ["/databases", "/indexes"])
def test_deleting_what_is_not_there_is_a_success(api, path):
    assert api.delete(f"{path}/{ID}").expect(200).data["success"] is True
    # A malformed id is bad input, or just one more thing that does not exist.
    api.delete(f"{path}/zzz").expect(200, 400, 404)


def test_upper_case_hex_is_the_same_id_or_no_id(api, scene):
    # 24 hex digits; the contract does not speak of case.
    api.get(f"/databases/{scene.id.upper()}").expect(200, 400, 404)


def test_syncs_of_an_unknown_database(api):
    reply = api.get(f"/indexes/sync-status/by-database/{ID}").expect(200, 404)
    assert reply.status == 404 or reply.data == []
