"""Forged, damaged, expired and misused tokens."""
import base64
import time

import pytest

import tokens
from client import NO_TOKEN, Api
from scene import unique
from waiting import eventually

PROFILE = "/auth/profile"


@pytest.fixture(scope="module")
def foreign_key(tmp_path_factory):
    return tokens.new_rsa_key(tmp_path_factory.mktemp("foreign") / "key.pem")


def refused(api, token):
    api.get(PROFILE, token=token).expect_error(401, "Token is wrong")


def test_tokens_are_rs256_and_live_as_long_as_configured(api):
    assert tokens.header(api.access)["alg"] == "RS256" and tokens.header(api.refresh)["alg"] == "RS256"
    access, refresh = tokens.claims(api.access), tokens.claims(api.refresh)
    assert abs(access["exp"] - access["iat"] - 3600) <= 1
    assert abs(refresh["exp"] - refresh["iat"] - 24 * 3600) <= 1


def test_access_tokens_live_ten_minutes_by_default(start_server):
    api = Api(start_server().address).sign_up(unique("user"))
    access = tokens.claims(api.access)
    assert abs(access["exp"] - access["iat"] - 600) <= 1


def test_no_token(visitor):
    visitor.get(PROFILE, token=NO_TOKEN).expect_error(401, "Token is required")


@pytest.mark.parametrize("value", ["Basic dXNlcjpwYXNz", "Token abc", "Bearer a b"])
def test_other_authorization_header(visitor, value):
    visitor.get(PROFILE, headers={"Authorization": value}).expect_error(401, "Token is wrong format")


@pytest.mark.parametrize("value", ["Bearer", "Bearer "])
def test_bearer_without_a_token(visitor, value):
    # The contract leaves open whether this is no token or one of a wrong format.
    error = visitor.get(PROFILE, headers={"Authorization": value}).expect(401).error
    assert error in ("Token is required", "Token is wrong format")


@pytest.mark.parametrize("token", ["abc", "a.b", "a.b.c", "a.b.c.d", "..", "e30.e30.e30", "x" * 4000, "mim_", "mim_abc"])
def test_garbage_token(visitor, token):
    visitor.get(PROFILE, token=token).expect_error(401, "Token is wrong")


def test_the_scheme_is_case_insensitive_or_of_wrong_format(api):
    # RFC 7235 says case-insensitive; the contract writes "Bearer" and does not speak of others.
    assert api.raw("GET", PROFILE, headers={"Authorization": f"bearer {api.access}"}).status_code in (200, 401)


def test_each_changed_part_is_noticed(api):
    head, body, signature = api.access.split(".")
    other = api.again(access=api.refresh)
    refused(api, f"{head}.{body}.{tokens.encode(b'0' * 256)}")
    refused(api, f"{head}.{body}.")
    refused(api, f"{head}.{other.access.split('.')[1]}.{signature}")
    changed = tokens.claims(api.access)
    changed["exp"] += 3600
    refused(api, f"{head}.{tokens.signing_input({}, changed).split('.')[1]}.{signature}")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", ""])
def test_alg_none(api, algorithm):
    refused(api, tokens.unsigned(tokens.claims(api.access), algorithm))
    refused(api, tokens.unsigned(tokens.claims(api.access), algorithm) + api.access.split(".")[2])


def test_hs256_with_the_public_key_as_secret(api, shared_server):
    public = shared_server.file_named("public.pem").read_bytes()
    der = base64.b64decode(b"".join(line for line in public.splitlines() if not line.startswith(b"-----")))
    for key in (public, public.strip(), der, b""):
        refused(api, tokens.with_hmac({"alg": "HS256", "typ": "JWT"}, tokens.claims(api.access), key))
        refused(api, tokens.with_hmac(tokens.header(api.access), tokens.claims(api.access), key))


def test_another_key(api, foreign_key):
    refused(api, tokens.with_rsa(tokens.header(api.access), tokens.claims(api.access), foreign_key))


def test_a_key_offered_in_the_header(api, foreign_key):
    head = {**tokens.header(api.access), "jku": "http://127.0.0.1/keys", "x5u": "http://127.0.0.1/key", "jwk": {}}
    refused(api, tokens.with_rsa(head, tokens.claims(api.access), foreign_key))


def test_another_algorithm_with_the_servers_own_key(api, shared_server):
    private = shared_server.file_named("private.pem")
    refused(api, tokens.with_rsa({"alg": "RS512", "typ": "JWT"}, tokens.claims(api.access), private))


def test_well_signed_but_expired(api, shared_server):
    private = shared_server.file_named("private.pem")
    old = {**tokens.claims(api.access), "exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}
    refused(api, tokens.with_rsa(tokens.header(api.access), old, private))


def test_well_signed_without_expiry(api, shared_server):
    private = shared_server.file_named("private.pem")
    endless = {name: value for name, value in tokens.claims(api.access).items() if name != "exp"}
    refused(api, tokens.with_rsa(tokens.header(api.access), endless, private))


def test_access_token_expires_and_refresh_helps(start_server):
    api = Api(start_server(MIM_ACCESS_TOKEN_SECONDS=1).address).sign_up(unique("user"))

    def refusal():
        reply = api.get(PROFILE)
        return reply if reply.status == 401 else None

    eventually(refusal, 15, what="the token has expired").expect_error(401, "Token is wrong")
    eventually(lambda: api.new_pair().expect(200) and api.get(PROFILE).status == 200, what="a new one is good")


def ahead(server, token, seconds):
    """The same token as a clock signs it that is ahead."""
    claims = tokens.claims(token)
    claims.update({name: claims[name] + seconds for name in ("iat", "nbf", "exp")})
    return tokens.with_rsa(tokens.header(token), claims, server.file_named("private.pem"))


@pytest.mark.parametrize("seconds", [3600, 20 * 3600])
def test_who_has_tokens_of_a_clock_that_was_ahead_goes_on_by_refresh(start_server, seconds):
    server = start_server(MIM_REFRESH_TOKEN_SECONDS=24 * 3600)
    api = Api(server.address).sign_up(unique("user"))
    refusal = api.get(PROFILE, token=ahead(server, api.access, seconds))
    refusal.expect_error(401, "Token is wrong")
    assert "has not reached yet: refresh it, or log in again" in refusal.body["detail"], refusal.text
    later = api.again(access=ahead(server, api.access, seconds), refresh=ahead(server, api.refresh, seconds))
    later.new_pair().expect(200)
    later.get(PROFILE).expect(200)
    assert abs(tokens.claims(later.access)["iat"] - time.time()) < 600
    later.new_pair().expect(200)


def test_who_has_tokens_from_too_far_away_goes_on_by_login(start_server):
    server = start_server(MIM_REFRESH_TOKEN_SECONDS=24 * 3600)
    api = Api(server.address).sign_up(unique("user"))
    refusal = api.post("/auth/refresh-token", token=ahead(server, api.refresh, 25 * 3600))
    refusal.expect_error(401, "Token is wrong")
    assert "has not reached yet: log in again" in refusal.body["detail"], refusal.text
    api.log_in()
    api.get(PROFILE).expect(200)
    api.new_pair().expect(200)


def test_refresh_token_is_no_access_token(user):
    refused(user, user.refresh)
    user.get(PROFILE).expect(200)


def test_access_token_is_no_refresh_token(user):
    user.post("/auth/refresh-token", token=user.access).expect_error(401, "Token is wrong")
    user.get(PROFILE).expect(200)


def test_token_of_another_installation(api, start_server):
    other = Api(start_server(keys="own").address).sign_up(unique("user"))
    refused(api, other.access)
    api.post("/auth/refresh-token", token=other.refresh).expect_error(401, "Token is wrong")


def test_anothers_refresh_token_gives_only_the_others_session(user, api):
    other = api.again()
    other.log_in()
    thief = user.again(refresh=other.refresh)
    thief.new_pair().expect(200)
    assert thief.get(PROFILE).data["username"] == api.username
    assert user.get(PROFILE).data["username"] == user.username


def test_refresh_token_with_anothers_subject(user, api):
    head, _, signature = user.refresh.split(".")
    forged = f"{head}.{api.refresh.split('.')[1]}.{signature}"
    user.post("/auth/refresh-token", token=forged).expect_error(401, "Token is wrong")
