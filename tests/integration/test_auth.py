"""Accounts: registration, sessions, profile, password."""
import concurrent.futures

import pytest

import planted
from client import NO_TOKEN, Api
from scene import unique

REFRESH = "/auth/refresh-token"


def registration(**changes):
    name = unique("user")
    return {"username": name, "email": f"{name}@example.org", "password": planted.new_password(), **changes}


def register(api, body):
    return api.post("/auth/register", body, token=NO_TOKEN)


def revoked(reply):
    reply.expect_error(401, "Token is revoked")


def test_register(visitor):
    assert register(visitor, registration()).expect(201).data == {"success": True}


@pytest.mark.parametrize("field", ["username", "email"])
def test_name_and_email_are_unique_whatever_their_case(visitor, field):
    first = registration()
    register(visitor, first).expect(201)
    for value in (first[field], first[field].upper(), first[field].title()):
        register(visitor, registration(**{field: value})).expect_error(409, "Resource conflict")


def test_register_names_every_bad_field_at_once(visitor):
    register(visitor, {}).expect_bad_field("username", "email", "password")
    body = {"username": "", "email": "nobody", "password": "short"}
    register(visitor, body).expect_bad_field("username", "email", "password")


@pytest.mark.parametrize("email", ["", "a", "a@", "@b", "a b@c.org", "a@b@c.org"])
def test_register_wants_an_email_address(visitor, email):
    register(visitor, registration(email=email)).expect_bad_field("email")


def test_password_has_eight_characters_or_more(visitor):
    register(visitor, registration(password="1234567")).expect_bad_field("password")
    register(visitor, registration(password="12345678")).expect(201)


def test_two_registrations_of_one_name_at_once(visitor):
    body = registration()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: register(visitor.again(), body).status, range(4)))
    assert sorted(replies) == [201, 409, 409, 409]


def test_login_by_name_and_by_email_in_any_case(user):
    for identity in (user.username, user.email, user.username.upper(), user.email.upper()):
        session = user.again()
        session.log_in(identity)
        assert session.get("/auth/profile").data["username"] == user.username


def test_wrong_password_and_unknown_user_get_the_same_answer(user):
    wrong = {"identity": user.username, "password": planted.new_password()}
    unknown = {"identity": unique("nobody"), "password": planted.new_password()}
    first, second = (user.post("/auth/login", body, token=NO_TOKEN).expect(400) for body in (wrong, unknown))
    assert first.error == second.error and first.body["error_code"] == second.body["error_code"]


def test_login_names_missing_fields(visitor):
    visitor.post("/auth/login", {}, token=NO_TOKEN).expect_bad_field("identity", "password")


def test_refresh_gives_a_new_pair(user):
    old_access, old_refresh = user.access, user.refresh
    user.new_pair().expect(200)
    assert user.access != old_access and user.refresh != old_refresh
    user.get("/auth/profile").expect(200)


@pytest.fixture
def strict_user(start_server):
    """Of a server that takes each refresh token once."""
    return Api(start_server(MIM_REFRESH_SIBLING_MILLISECONDS=0).address).sign_up(unique("user"))


def test_reuse_of_a_refresh_token_revokes_its_family_only(strict_user):
    user = strict_user
    other_session = user.again()
    other_session.log_in()
    spent = user.refresh
    user.new_pair().expect(200)
    revoked(user.post(REFRESH, token=spent))
    revoked(user.post(REFRESH, token=user.refresh))
    revoked(user.get("/auth/profile"))
    other_session.get("/auth/profile").expect(200)
    other_session.new_pair().expect(200)


def at_once(user, token):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda _: user.again().post(REFRESH, token=token), range(4)))


def test_one_refresh_token_used_by_many_at_once_can_be_spent_once(strict_user):
    token = strict_user.refresh
    statuses = [reply.status for reply in at_once(strict_user, token)]
    assert statuses.count(200) <= 1 and set(statuses) <= {200, 401}, statuses
    revoked(strict_user.post(REFRESH, token=token))


def test_refreshes_at_once_each_get_a_working_pair(user):
    pairs = [reply.expect(200).data for reply in at_once(user, user.refresh)]
    assert len({pair["refresh_token"] for pair in pairs}) == 4
    for pair in pairs:
        tab = user.again(access=pair["access_token"], refresh=pair["refresh_token"])
        tab.get("/auth/profile").expect(200)
        tab.new_pair().expect(200)
        tab.get("/auth/profile").expect(200)


def test_logout_revokes_the_session_and_no_other(user):
    other_session = user.again()
    other_session.log_in()
    assert user.post("/auth/logout").expect(200).data["success"] is True
    revoked(user.get("/auth/profile"))
    revoked(user.post(REFRESH, token=user.refresh))
    other_session.get("/auth/profile").expect(200)


def test_profile(user):
    profile = user.get("/auth/profile").expect(200).data
    assert profile["username"] == user.username and profile["email"] == user.email
    assert {"first_name", "last_name", "avatar", "role"} <= set(profile)
    assert "password" not in " ".join(profile)


def test_simultaneous_changes_of_a_profile_all_take_effect(user):
    def change(field, value):
        user.again().put("/auth/profile", {field: value}).expect(200)

    for number in range(20):
        wanted = {field: f"{field} {number}" for field in ("first_name", "last_name", "avatar")}
        with concurrent.futures.ThreadPoolExecutor(len(wanted)) as pool:
            list(pool.map(change, wanted.keys(), wanted.values()))
        profile = user.get("/auth/profile").data
        assert {field: profile[field] for field in wanted} == wanted


def test_profile_update_changes_what_is_given_and_nothing_else(user):
    full = {"first_name": "Ада", "last_name": "Lovelace \"von\" \\ 🧮", "avatar": "https://example.org/a.png"}
    assert user.put("/auth/profile", full).expect(200).data["success"] is True
    user.put("/auth/profile", {"first_name": "Augusta", "role": "x", "username": "x"}).expect_bad_field("role", "username")
    user.put("/auth/profile", {**user.get("/auth/profile").data, "first_name": "Augusta"}).expect(200)
    profile = user.get("/auth/profile").data
    expected = {**full, "first_name": "Augusta", "username": user.username}
    assert {name: profile[name] for name in expected} == expected
    user.put("/auth/profile", {}).expect(200)
    assert user.get("/auth/profile").data == profile


def test_password_change_revokes_every_other_session(user):
    other = user.again()
    other.log_in()
    old, new = user.password, planted.new_password()
    user.put("/auth/password", {"current_password": old, "new_password": new}).expect(200)
    revoked(other.get("/auth/profile"))
    revoked(other.post(REFRESH, token=other.refresh))
    user.get("/auth/profile").expect(200)
    user.new_pair().expect(200)
    user.post("/auth/login", {"identity": user.username, "password": old}, token=NO_TOKEN).expect(400)
    user.password = new
    user.log_in()


def test_password_change_wants_the_current_one_and_a_good_new_one(user):
    change = {"current_password": planted.new_password(), "new_password": planted.new_password()}
    user.put("/auth/password", change).expect(400)
    user.put("/auth/password", {"current_password": user.password, "new_password": "short"}) \
        .expect_bad_field("new_password")
    user.put("/auth/password", {}).expect_bad_field("current_password", "new_password")
    user.log_in()


def test_passwords_are_not_kept(user, shared_server):
    for path in shared_server.data.rglob("*"):
        assert not path.is_file() or user.password.encode() not in path.read_bytes(), path
