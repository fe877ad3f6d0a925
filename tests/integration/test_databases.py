"""Connections to targets: storing, masking, testing, listing."""
import sqlite3

import pymongo
import pytest

import planted
from client import Api
from scene import MISSING_ID, Scene, fail_point, unique

TIMEOUT = 41203


def body(**changes):
    return {"name": unique("database"), "uri": "mongodb://127.0.0.1:27017/", "db_name": "shop", **changes}


def create(api, **changes):
    return api.post("/databases/", body(**changes))


def listed(api, **query):
    return api.post("/databases/list", query).expect(200)


def test_create_and_get(api):
    sent = body(description="The shop", is_test_connection=False)
    database_id = api.post("/databases/", sent).expect(201).data["id"]
    found = api.get(f"/databases/{database_id}").expect(200).data
    assert set(found) >= {"id", "created_at", "updated_at", "name", "description", "uri", "db_name"}
    assert {name: found[name] for name in ("id", "name", "description", "uri", "db_name")} == \
        {"id": database_id, "name": sent["name"], "description": "The shop", "uri": sent["uri"], "db_name": "shop"}


def test_description_is_optional(api):
    database_id = create(api).expect(201).data["id"]
    assert api.get(f"/databases/{database_id}").data["description"] in ("", None)


def test_every_missing_field_is_named(api):
    api.post("/databases/", {}).expect_bad_field("name", "uri", "db_name")
    api.post("/databases/", {"name": "", "uri": "", "db_name": ""}).expect_bad_field("name", "uri", "db_name")


@pytest.mark.parametrize("uri", ["127.0.0.1", "http://127.0.0.1/", "mongodb://", "mongodb:///shop", "mongodb://h:0/",
                                 "mongodb://h:65536/", "mongodb://h:x/", "mongodb://u:{}@/", "mongodb://u:{}:x@h/",
                                 "mongodb://u@v:{}@h/", "mongodb://u:%zz{}@h/", "mongodb+srv://u:{}@h.example.org:1/",
                                 "mongodb+srv://a.example.org,b.example.org/", "mongodb://h\u0000i/"])
def test_uri_that_is_none(api, uri):
    create(api, uri=uri.replace("{}", planted.new_password())).expect_bad_field("uri")


@pytest.mark.parametrize("db_name", ["a.b", "a b", "a/b", "a\\b", 'a"b', "a$b", "a\u0000b", "a" * 64])
def test_db_name_that_mongodb_refuses(api, db_name):
    create(api, db_name=db_name).expect_bad_field("db_name")


@pytest.mark.parametrize("db_name", ["admin", "config", "local"])
def test_what_mongodb_keeps_for_itself_is_no_target(api, scene, db_name):
    assert "itself" in create(api, db_name=db_name).expect_bad_field("db_name").error["db_name"]
    api.put(f"/databases/{scene.id}", {**fields_of(api, scene), "db_name": db_name}).expect_bad_field("db_name")


def test_an_entry_of_an_older_version_that_leads_there_is_not_used(start_server, shared_sandbox):
    server = start_server()
    scene = Scene(Api(server.address).sign_up(unique("user")), shared_sandbox)
    scene.define("system", {"a": 1})
    with sqlite3.connect(server.file_named("mim.db"), timeout=30) as store:
        store.execute("UPDATE databases SET db_name = 'admin'")
    store.close()
    about = {"database_id": scene.id}
    for route in (f"/databases/{scene.id}/test", "/indexes/plan", "/indexes/sync-by-database"):
        reply = scene.api.post(route, about if route.startswith("/indexes") else None).expect(412)
        assert reply.body["error_code"] == 41207 and "for itself" in reply.error


def test_longest_db_name(api):
    create(api, db_name="a" * 63).expect(201)


def test_name_is_unique(api):
    name = unique("database")
    create(api, name=name).expect(201)
    create(api, name=name).expect_error(409, "Resource conflict")


def test_password_is_masked_everywhere(api):
    name, password = unique("masked"), planted.new_password()
    uri = f"mongodb://us%40er:{password}%40%3A@127.0.0.1:27017,127.0.0.1:27018/?authSource=admin"
    database_id = create(api, name=name, uri=uri).expect(201).data["id"]
    masked = uri.replace(f"{password}%40%3A", "***")
    assert api.get(f"/databases/{database_id}").data["uri"] == masked
    assert [item["uri"] for item in listed(api, query=name).data] == [masked]


def test_uri_with_user_and_no_password(api):
    uri = "mongodb://CN%3Dme@127.0.0.1/?authMechanism=MONGODB-X509"
    database_id = create(api, uri=uri).expect(201).data["id"]
    assert api.get(f"/databases/{database_id}").data["uri"] == uri


def test_connection_is_tested_on_request_only(api, shared_sandbox, closed_port):
    down = f"mongodb://u:{planted.new_password()}@127.0.0.1:{closed_port}/"
    name = unique("database")
    create(api, name=name, uri=down, is_test_connection=True).expect(412)
    assert listed(api, query=name).data == [], "a database that failed its test is not stored"
    create(api, name=name, uri=down).expect(201)
    create(api, uri=shared_sandbox.uri, is_test_connection=True).expect(201)


def test_test_route(scene, api):
    answer = api.post(f"/databases/{scene.id}/test").expect(200).data
    assert answer["ok"] is True and answer["latency_ms"] >= 0
    assert answer["server_version"][0].isdigit() and isinstance(answer["topology"], str) and answer["topology"]
    assert answer["server_version"].startswith(answer["feature_compatibility_version"] + ".")


def test_test_route_tells_a_feature_compatibility_version_that_lags_behind(api, start_sandbox):
    sandbox = start_sandbox(version="6.0", feature_version="5.0")
    answer = Scene(api, sandbox).test()
    assert (answer["server_version"], answer["feature_compatibility_version"]) == ("6.0.0", "5.0")
    with fail_point(sandbox, ["getParameter"], errorCode=13):
        stranger = Scene(api, sandbox).test()
    assert (stranger["feature_compatibility_version"], stranger["feature_compatibility_version_from"]) == (None, "refused")


def test_a_right_that_is_lost_changes_no_rules(api, start_sandbox):
    sandbox = start_sandbox(version="6.0", feature_version="5.0")
    scene = Scene(api, sandbox)
    assert scene.test()["feature_compatibility_version_from"] == "server"
    with fail_point(sandbox, ["getParameter"], errorCode=13):
        answer = scene.test()
    assert (answer["feature_compatibility_version"], answer["feature_compatibility_version_from"]) == ("5.0", "last_look")
    assert api.get(f"/databases/{scene.id}").expect(200).data["server"]["feature_compatibility_version"] == "5.0"


def test_target_that_is_down(down, api):
    reply = api.post(f"/databases/{down.id}/test").expect(412)
    assert reply.error


def test_target_that_hangs_is_given_up(api, silent_port):
    scene = Scene(api, None, uri=f"mongodb://127.0.0.1:{silent_port}/")
    for reply in (api.post(f"/databases/{scene.id}/test"),
                  api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})):
        assert reply.expect(412).body["error_code"] == TIMEOUT and "in time" in reply.error


def test_wrong_password(api, start_sandbox):
    good, bad = planted.new_password(), planted.new_password()
    sandbox = start_sandbox(auth=f"user:{good}")
    uri = f"mongodb://user:{{}}@127.0.0.1:{sandbox.port}/?authSource=admin"
    create(api, uri=uri.format(bad), is_test_connection=True).expect(412)
    create(api, uri=f"mongodb://127.0.0.1:{sandbox.port}/", is_test_connection=False).expect(201)
    create(api, uri=uri.format(good), is_test_connection=True).expect(201)


@pytest.fixture
def guarded(api, start_sandbox):
    """A scene whose target asks for the password that the scene's URI has."""
    password = planted.new_password()
    sandbox = start_sandbox(auth=f"user:{password}")
    uri = f"mongodb://user:{password}@127.0.0.1:{sandbox.port}/?authSource=admin"
    with pymongo.MongoClient(uri) as client:
        sandbox._client = client
        yield Scene(api, sandbox, uri=uri)
        sandbox._client = None


def fields_of(api, scene):
    found = api.get(f"/databases/{scene.id}").data
    return {name: found[name] for name in ("name", "description", "uri", "db_name")}


def test_put_of_the_masked_uri_keeps_the_password(api, guarded):
    masked = fields_of(api, guarded)
    assert ":***@" in masked["uri"]
    changed = {**masked, "description": "changed", "uri": masked["uri"] + "&appName=mim", "is_test_connection": True}
    assert api.put(f"/databases/{guarded.id}/", changed).expect(200).data["success"] is True
    assert fields_of(api, guarded)["uri"] == changed["uri"]
    assert api.post(f"/databases/{guarded.id}/test").expect(200).data["ok"] is True


@pytest.mark.parametrize("change", [
    ("127.0.0.1:", "localhost:"), ("user:***@", "***@"), ("user:***@", "other:***@"), ("authSource=admin", "authSource=x"),
    ("authSource=admin", "authSource=admin&authMechanism=PLAIN"), ("authSource=admin", "authSource=admin&tls=true"),
    ("authSource=admin", "authSource=admin&appName=***"), ("mongodb://", "mongodb+srv://")])
def test_put_of_a_masked_uri_that_leads_elsewhere_asks_for_the_password_again(api, guarded, change):
    masked = fields_of(api, guarded)
    elsewhere = {**masked, "uri": masked["uri"].replace(*change)}
    assert elsewhere != masked
    assert "password again" in api.put(f"/databases/{guarded.id}", elsewhere).expect_bad_field("uri").error["uri"]
    assert fields_of(api, guarded) == masked


def test_put_of_another_password_is_used(api, guarded):
    masked = fields_of(api, guarded)
    wrong = {**masked, "uri": masked["uri"].replace("***", planted.new_password())}
    api.put(f"/databases/{guarded.id}", {**wrong, "is_test_connection": True}).expect(412)
    assert api.post(f"/databases/{guarded.id}/test").expect(200).data["ok"] is True
    api.put(f"/databases/{guarded.id}", wrong).expect(200)
    api.post(f"/databases/{guarded.id}/test").expect(412)


def test_masked_uri_at_creation_has_no_password_to_keep(api):
    # There is nothing stored that *** could stand for: bad input, or a password that really is ***.
    create(api, uri="mongodb://user:***@127.0.0.1/").expect(201, 400)


def test_put_tests_only_a_changed_uri(api, down):
    same = {**fields_of(api, down), "description": "x", "is_test_connection": True}
    api.put(f"/databases/{down.id}", same).expect(200)
    changed = {**fields_of(api, down), "uri": down.uri.replace("someone", "another"), "is_test_connection": True}
    api.put(f"/databases/{down.id}", changed).expect(412)


def test_put_rules(api, scene):
    other = unique("other")
    create(api, name=other).expect(201)
    good = fields_of(api, scene)
    api.put(f"/databases/{scene.id}", {**good, "name": other}).expect_error(409, "Resource conflict")
    nothing = {"name": None, "uri": None, "db_name": None, "protected": None}
    api.put(f"/databases/{scene.id}", nothing).expect_bad_field(*nothing)
    api.put(f"/databases/{scene.id}", {**good, "uri": "nothing"}).expect_bad_field("uri")
    api.put(f"/databases/{MISSING_ID}", good).expect_error(404, "Resource not found")
    assert fields_of(api, scene) == good
    api.put(f"/databases/{scene.id}", good).expect(200)


def test_put_leaves_what_it_does_not_name(api, scene):
    before = fields_of(api, scene)
    api.put(f"/databases/{scene.id}", {"description": "later"}).expect(200)
    assert fields_of(api, scene) == {**before, "description": "later"}
    name = unique("renamed")
    api.put(f"/databases/{scene.id}", {"name": name, "description": None}).expect(200)
    assert fields_of(api, scene) == {**before, "name": name, "description": ""}
    api.put(f"/databases/{scene.id}", {}).expect(200)
    assert fields_of(api, scene) == {**before, "name": name, "description": ""}


def test_put_moves_updated_at_only(api, scene):
    before = api.get(f"/databases/{scene.id}").data
    api.put(f"/databases/{scene.id}", {**fields_of(api, scene), "description": "later"}).expect(200)
    after = api.get(f"/databases/{scene.id}").data
    assert after["created_at"] == before["created_at"] and after["updated_at"] >= before["updated_at"]


def test_delete_takes_the_definitions_along(api, scene):
    index_id = scene.define("c", {"a": 1})
    assert api.delete(f"/databases/{scene.id}/", {"confirm": scene.name}).expect(200).data["success"] is True
    api.get(f"/databases/{scene.id}").expect_error(404, "Resource not found")
    api.get(f"/indexes/{index_id}").expect_error(404, "Resource not found")
    assert api.delete(f"/databases/{scene.id}/").expect(200).data["success"] is True
    create(api, name=scene.name).expect(201)


def test_creation_with_import(api, shared_sandbox):
    db_name = unique("t")
    shared_sandbox.client[db_name].things.create_index([("a", 1)])
    shared_sandbox.client[db_name].things.create_index([("b", -1)], unique=True)
    answer = create(api, uri=shared_sandbox.uri, db_name=db_name, is_sync_index=True).expect(201).data
    assert (answer["imported_count"], answer["skipped_count"]) == (2, 0)
    body = {"database_id": answer["id"], "collection": "things"}
    assert {item["name"] for item in api.post("/indexes/list-by-collection", body).data} == {"a_1", "b_-1"}


def test_creation_with_import_from_a_target_that_is_down(api, closed_port):
    name = unique("database")
    create(api, name=name, uri=f"mongodb://127.0.0.1:{closed_port}/", is_sync_index=True).expect(412)
    assert listed(api, query=name).data == []


def test_list_finds_by_name_description_and_id(api):
    word = unique("word")
    first = create(api, name=f"A {word}").expect(201).data["id"]
    second = create(api, description=f"about {word} and more").expect(201).data["id"]
    assert {item["id"] for item in listed(api, query=word).data} == {first, second}
    assert {item["id"] for item in listed(api, query=word.upper()).data} in ({first, second}, set())
    assert [item["id"] for item in listed(api, query=second).data] == [second]
    assert listed(api, query=MISSING_ID).data == []
    for wildcard in ("%" + word[:4], word.replace("-", "_"), ".*", "[", "\\"):
        assert listed(api, query=f"{word}{wildcard}").data == [], "the query is text, not a pattern"


def test_query_has_at_most_500_characters(api):
    listed(api, query="ä" * 500)
    api.post("/databases/list", {"query": "x" * 501}).expect_bad_field("query")


def test_paging(api):
    word = unique("page")
    ids = {create(api, name=f"{word} {number}").expect(201).data["id"] for number in range(5)}
    pages = [listed(api, query=word, page=page, limit=2) for page in (1, 2, 3, 4)]
    assert [len(page.data) for page in pages] == [2, 2, 1, 0]
    assert {item["id"] for page in pages for item in page.data} == ids
    assert [page.extra for page in pages] == [{"limit": 2, "page": page, "total": 5} for page in (1, 2, 3, 4)]


@pytest.mark.parametrize("sent,limit,page", [({}, 50, 1), ({"page": 0, "limit": 0}, 50, 1), ({"limit": 1000}, 200, 1),
                                             ({"limit": 200}, 200, 1), ({"limit": 201}, 200, 1),
                                             ({"page": 1000000}, 50, 1000000)])
def test_page_and_limit_have_defaults_and_a_cap(api, sent, limit, page):
    extra = listed(api, **sent).extra
    assert (extra["limit"], extra["page"]) == (limit, page)


@pytest.mark.parametrize("sent", [{"page": -1}, {"limit": -1}, {"page": 2**31}, {"page": 2**63 - 1}, {"page": 2**64},
                                  {"limit": 2**40}])
def test_absurd_pages_are_no_error_of_ours(api, sent):
    # Bad input, or an empty page far away: the contract names neither.
    api.post("/databases/list", sent).expect(200, 400)
