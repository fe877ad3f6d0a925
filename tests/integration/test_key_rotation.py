"""The change of the keys that sign tokens, as docs/security.md tells it, and what a token must hold."""
import hashlib
import json
import time

import pytest

import sockets
import tokens
from client import NO_TOKEN, Api
from processes import command
from scene import unique

PROFILE = "/auth/profile"
KEYS = "/.well-known/jwks.json"
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017 section 9.2, note 1


@pytest.fixture
def keys(tmp_path):
    """Folders with a key pair each."""
    for name in ("first", "second"):
        assert command("keygen", "--out", tmp_path / name).returncode == 0
    return tmp_path


def pair(folder):
    return {"MIM_PRIVATE_KEY": folder / "private.pem", "MIM_PUBLIC_KEY": folder / "public.pem"}


def published(server):
    status, text = sockets.fetch(server, KEYS)
    assert status == 200
    return json.loads(text)["keys"]


def number(text):
    return int.from_bytes(tokens.decode(text), "big")


def is_signed_by(token, key):
    """RSASSA-PKCS1-v1_5 by hand, so that nothing of the server's own judges it."""
    text, _, signature = token.rpartition(".")
    length = (number(key["n"]).bit_length() + 7) // 8
    block = pow(number(signature), number(key["e"]), number(key["n"])).to_bytes(length, "big")
    digest = SHA256_PREFIX + hashlib.sha256(text.encode()).digest()
    return block == b"\x00\x01" + b"\xff" * (length - len(digest) - 3) + b"\x00" + digest


def thumbprint(key):
    text = json.dumps({"e": key["e"], "kty": key["kty"], "n": key["n"]}, separators=(",", ":"))
    return tokens.encode(hashlib.sha256(text.encode()).digest())


def test_a_rotation_keeps_sessions_until_the_old_key_is_taken_away(keys, start_server):
    data = keys / "data"
    server = start_server(data, **pair(keys / "first"))
    old = Api(server.address).sign_up(unique("user"))
    [first] = published(server)
    assert first["kid"] == thumbprint(first) == tokens.header(old.access)["kid"]
    assert (first["alg"], first["use"], first["kty"]) == ("RS256", "sig", "RSA")
    assert is_signed_by(old.access, first)
    assert server.stop() == 0

    server = start_server(data, **pair(keys / "second"), MIM_ADDITIONAL_PUBLIC_KEYS=keys / "first" / "public.pem")
    signing, accepted = published(server)
    assert accepted == first and signing["kid"] != first["kid"]
    old.address = server.address
    old.get(PROFILE).expect(200)
    new = old.again()
    new.new_pair().expect(200)
    assert is_signed_by(new.access, signing) and is_signed_by(new.refresh, signing)
    new.get(PROFILE).expect(200)
    assert server.stop() == 0

    server = start_server(data, **pair(keys / "second"))
    old.address = new.address = server.address
    assert published(server) == [signing]
    old.get(PROFILE).expect_error(401, "Token is wrong")
    new.get(PROFILE).expect(200)
    new.new_pair().expect(200)


def test_the_next_key_can_be_known_before_it_signs(keys, start_server):
    """Of several servers the first one switched signs with a key that the others must know already."""
    folder = keys / "accepted"
    folder.mkdir()
    (folder / "next.pem").write_bytes((keys / "second" / "public.pem").read_bytes())
    (folder / "notes.txt").write_text("not a key")
    waiting = start_server(keys / "data", **pair(keys / "first"), MIM_ADDITIONAL_PUBLIC_KEYS=folder)
    switched = start_server(keys / "data", **pair(keys / "second"),
                            MIM_ADDITIONAL_PUBLIC_KEYS=keys / "first" / "public.pem")
    api = Api(switched.address).sign_up(unique("user"))
    Api(waiting.address, access=api.access).get(PROFILE).expect(200)
    back = Api(waiting.address, refresh=api.refresh)
    back.new_pair().expect(200)
    Api(switched.address, access=back.access).get(PROFILE).expect(200)


def test_a_bad_additional_key_stops_the_start(keys):
    for path in (keys / "nowhere.pem", keys / "first" / "private.pem"):
        result = command("serve", "--listen", "127.0.0.1:0", "--data", keys / "data", "--additional-public-keys", path)
        assert result.returncode == 1 and str(path) in result.stderr and "PRIVATE" not in result.stderr


def signed(server, api, head=None, **claims):
    body = {**tokens.claims(api.access), **claims}
    body = {name: value for name, value in body.items() if value is not None}
    return tokens.with_rsa({**tokens.header(api.access), **(head or {})}, body, server.file_named("private.pem"))


def test_an_unknown_key_id_is_refused_even_when_the_signature_is_ours(api, shared_server):
    api.get(PROFILE, token=signed(shared_server, api)).expect(200)
    for key_id in ("unknown", "", tokens.header(api.access)["kid"][:-1]):
        api.get(PROFILE, token=signed(shared_server, api, {"kid": key_id})).expect_error(401, "Token is wrong")
    head = {name: value for name, value in tokens.header(api.access).items() if name != "kid"}
    nameless = tokens.with_rsa(head, tokens.claims(api.access), shared_server.file_named("private.pem"))
    api.get(PROFILE, token=nameless).expect_error(401, "Token is wrong")


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "nbf", "jti", "iat", "sub"])
def test_every_claim_is_there_and_demanded(api, shared_server, claim):
    assert claim in tokens.claims(api.access) and claim in tokens.claims(api.refresh)
    api.get(PROFILE, token=signed(shared_server, api, **{claim: None})).expect_error(401, "Token is wrong")


def test_another_issuer_audience_or_time_is_refused(api, shared_server):
    now = int(time.time())
    for claims in ({"iss": "another"}, {"aud": "another"}, {"aud": ["mim-api"]}, {"nbf": now + 60}, {"iat": now + 60},
                   {"exp": now - 1}, {"jti": ""}):
        api.get(PROFILE, token=signed(shared_server, api, **claims)).expect_error(401, "Token is wrong")
    # Clocks of two servers may differ a little.
    api.get(PROFILE, token=signed(shared_server, api, nbf=now + 3, iat=now + 3)).expect(200)


def test_issuer_and_audience_are_settings(start_server):
    server = start_server(MIM_TOKEN_ISSUER="https://indexes.example.org", MIM_TOKEN_AUDIENCE="team")
    api = Api(server.address).sign_up(unique("user"))
    for token in (api.access, api.refresh):
        claims = tokens.claims(token)
        assert (claims["iss"], claims["aud"]) == ("https://indexes.example.org", "team")
    api.get(PROFILE).expect(200)
    api.get(PROFILE, token=NO_TOKEN).expect(401)
