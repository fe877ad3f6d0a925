"""A new name looks like no other one: of accounts and of databases. Those of before stay."""
import concurrent.futures

import pytest

import planted
from client import NO_TOKEN, Api
from scene import Scene, unique

# In the place of "o" and "a": what nobody tells from them. And what nobody sees.
CYRILLIC = str.maketrans("oa", "\u043e\u0430")
WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
DISGUISES = {
    "case": str.upper, "blanks": lambda name: f"{name[:3]} {name[3:]} ", "width": lambda name: name.translate(WIDE),
    "alphabet": lambda name: name.translate(CYRILLIC), "joiner": lambda name: f"{name[:2]}\u200d{name[2:]}",
    "digits": lambda name: name.replace("o", "0"), "turned round": lambda name: f"\u202e{name[::-1]}",
}


def register(api, **body):
    return api.post("/auth/register", {"password": planted.new_password(), **body}, token=NO_TOKEN)


def conflict(reply, field):
    body = reply.expect_error(409, "Resource conflict").body
    assert body["error_code"] == 40900
    assert body["detail"] == f"{field}: looks like one that is taken", body


def create(api, name):
    return api.post("/databases", {"name": name, "uri": "mongodb://127.0.0.1:1/", "db_name": "shop"})


@pytest.mark.parametrize("disguise", [each for each in DISGUISES if each != "case"])
def test_no_account_looks_like_another(visitor, disguise):
    name = unique("roota")
    visitor.again().sign_up(name)
    other, address = DISGUISES[disguise](name), f"{unique('free')}@example.org"
    conflict(register(visitor, username=other, email=address), "username")
    register(visitor, username=unique("free"), email=address).expect(201)  # nothing was kept of it


def test_no_address_looks_like_another(api, visitor, user):
    name = unique("roota")
    owner = visitor.again().sign_up(name)
    like_it = owner.email.translate(CYRILLIC)
    conflict(register(visitor, username=unique("free"), email=like_it), "email")
    found = api.post("/users/list", {"query": user.username}).expect(200).data
    conflict(api.put(f"/users/{found[0]['id']}/email", {"email": like_it}), "email")
    user.again().log_in(user.email)
    assert register(visitor, username=unique("free"), email=owner.email).expect(409).body["detail"] == "email: is taken"


def test_a_name_cannot_be_an_address_in_wide_letters(visitor):
    register(visitor, username="ada\uff20example.org", email=f"{unique('free')}@example.org").expect_bad_field("username")


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_database_looks_like_another(api, disguise):
    name = unique("roota")
    create(api, name).expect(201)
    conflict(create(api, DISGUISES[disguise](name)), "name")
    assert create(api, name).expect(409).body["detail"] == "name: is taken"


def test_a_database_is_renamed_to_its_own_look_and_to_no_other_one(api, shared_sandbox):
    scene, other = Scene(api, shared_sandbox), Scene(api, shared_sandbox)
    path = f"/databases/{scene.id}"
    conflict(api.put(path, {"name": other.name.upper()}), "name")
    assert api.get(path).expect(200).data["name"] == scene.name
    api.put(path, {"name": scene.name.upper()}).expect(200)
    assert api.get(path).expect(200).data["name"] == scene.name.upper()
    api.put(path, {"name": unique("renamed")}).expect(200)
    api.put(f"/databases/{other.id}", {"name": scene.name.translate(CYRILLIC)}).expect(200)  # it is free now


def test_what_is_in_the_trash_keeps_no_look(api, shared_sandbox):
    scene = Scene(api, shared_sandbox)
    api.delete(f"/databases/{scene.id}").expect(200)
    like_it = create(api, scene.name.upper()).expect(201).data["id"]
    entry = next(each for each in api.post("/trash/list", {"limit": 200}).expect(200).data if each["name"] == scene.name)
    refused = api.post(f"/trash/{entry['id']}/restore").expect_error(409, "Resource conflict")
    assert "looks like one that is taken" in refused.body["detail"] and "rename or remove" in refused.body["detail"]
    api.delete(f"/databases/{like_it}").expect(200)
    api.post(f"/trash/{entry['id']}/restore").expect(200)
    conflict(create(api, scene.name.upper()), "name")


def test_of_many_that_look_alike_at_once_one_is_taken(api):
    name = unique("roota")
    names = [name, *(change(name) for change in DISGUISES.values())]
    with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
        replies = list(pool.map(lambda each: create(api.again(), each).status, names))
    assert sorted(replies) == [201, *[409] * (len(names) - 1)]


def test_a_closed_registration_tells_nothing_of_names(start_server):
    server = start_server(MIM_REGISTRATION="invite")
    for name in ("root", "r00t"):
        register(Api(server.address), username=name, email=f"{unique('free')}@example.org").expect(403)
