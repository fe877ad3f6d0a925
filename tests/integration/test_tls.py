"""HTTPS, ended in the server itself: what it speaks, what it refuses, and how its certificate is exchanged."""
import json
import shutil
import signal
import socket
import ssl
import threading

import pytest
import requests

import planted
from certificates import (TIMEOUT, Authority, alert_told, client_context, connected, exchange, first_words, name_shown,
                          record)
from client import Api
from processes import Server
from scene import Scene, hold, unique
from test_process import refused
from test_sync_events import events
from waiting import eventually

# Alerts, as RFC 8446 section 6.2 numbers them, and OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED.
HANDSHAKE_FAILURE, PROTOCOL_VERSION, NO_APPLICATION_PROTOCOL = 40, 70, 120
CERTIFICATE_HAS_EXPIRED = 10


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


def settings_of(pair, **more):
    return {"MIM_TLS_CERTIFICATE": pair[0], "MIM_TLS_KEY": pair[1], **more}


@pytest.fixture(scope="module")
def secure_server(tmp_path_factory, logs, authority):
    server = Server(tmp_path_factory.mktemp("secure"), logs, **settings_of(authority.issue("shared")))
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def secure_api(secure_server, authority):
    api = Api(secure_server.address)
    api._session.verify = str(authority.file)
    return api.sign_up(unique("user"))


def test_the_api_over_https(secure_api):
    reply = secure_api.get("/auth/profile").expect(200)
    assert reply.data["username"] == secure_api.username
    assert reply.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_current_versions_with_forward_secret_ciphers(secure_server, authority, version):
    context = client_context(authority)
    context.minimum_version = context.maximum_version = version
    with connected(secure_server.port, context) as secure:
        cipher = secure.cipher()[0]
        assert exchange(secure).startswith("HTTP/1.1 200 OK")
    assert cipher.startswith(("ECDHE-", "TLS_")) and ("GCM" in cipher or "CHACHA20" in cipher), cipher


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_versions_are_refused(secure_server, version):
    assert alert_told(secure_server.port, client_context(highest=version)) == PROTOCOL_VERSION


def test_weak_ciphers_are_refused(secure_server):
    context = client_context(highest=ssl.TLSVersion.TLSv1_2)
    context.set_ciphers("ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA:AES128-SHA:@SECLEVEL=0")
    assert alert_told(secure_server.port, context) == HANDSHAKE_FAILURE


def test_http_1_1_is_agreed_on(secure_server, authority):
    with connected(secure_server.port, client_context(authority, protocols=["h2", "http/1.1"])) as secure:
        assert secure.selected_alpn_protocol() == "http/1.1"
    assert alert_told(secure_server.port, client_context(authority, protocols=["h2"])) == NO_APPLICATION_PROTOCOL


def read_to_end(plain):
    """All that comes until the peer says goodbye; a reset is an error."""
    plain.settimeout(TIMEOUT)
    text = b""
    while piece := plain.recv(65536):
        text += piece
    return text


@pytest.mark.parametrize("words", [b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"\x00" * 100_000, b"\x16\x03\x01\x00\x05hello"])
def test_whoever_speaks_no_tls_is_shown_out(secure_server, words):
    with socket.create_connection(("127.0.0.1", secure_server.port), timeout=TIMEOUT) as plain:
        plain.sendall(words)
        assert b"HTTP" not in read_to_end(plain)


def test_requests_that_come_at_once_are_all_answered(secure_server, authority):
    """The later ones lie decrypted in the server, where no socket tells of them."""
    with connected(secure_server.port, client_context(authority)) as secure:
        secure.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
        text = b""
        while text.count(b"\r\n\r\nok\n") < 50:
            piece = secure.recv(65536)
            assert piece
            text += piece


def test_large_bodies(secure_api):
    def listed(blanks):
        body = json.dumps({"query": unique("big")}) + " " * blanks
        return secure_api.raw("POST", "/databases/list", content=body, token=secure_api.access)

    assert listed(700_000).status_code == 200
    with_too_much = listed(1_400_000)
    assert with_too_much.status_code == 413 and with_too_much.headers["Connection"] == "close"


def test_events_over_tls(secure_api, own_sandbox):
    scene = Scene(secure_api, own_sandbox)
    for number in range(3):
        scene.define(f"c{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 150):
        sync_id = scene.start()
        found = events(scene, sync_id)
    assert len(found) >= 2 and found[-1]["status"] == "completed"


def open_streams(server, authority):
    text = requests.get(server.address + "/metrics", verify=str(authority.file), timeout=TIMEOUT).text
    return next(float(line.split()[-1]) for line in text.splitlines() if 'kind="event_streams"' in line)


@pytest.mark.parametrize("goodbye", ["in TLS", "none"])
def test_a_follower_that_goes_is_noticed(secure_server, secure_api, own_sandbox, authority, goodbye):
    scene = Scene(secure_api, own_sandbox)
    scene.define("c", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 3000):
        sync_id = scene.start()
        with connected(secure_server.port, client_context(authority)) as secure:
            secure.sendall(f"GET /api/v1/indexes/sync-status/{sync_id}/events HTTP/1.1\r\nHost: x\r\n"
                           f"Authorization: Bearer {secure_api.access}\r\n\r\n".encode())
            assert b"200 OK" in secure.recv(65536)
            eventually(lambda: open_streams(secure_server, authority) == 1)
            if goodbye == "in TLS":
                secure.settimeout(0)
                with pytest.raises(OSError):
                    while True:
                        secure.unwrap()
        eventually(lambda: open_streams(secure_server, authority) == 0)
        assert not scene.status(sync_id)["is_finished"], "it ended because nobody listened"
        scene.api.post(f"/indexes/sync-status/{sync_id}/cancel").expect(200)
        scene.finished(sync_id)


def test_slow_handshakes_are_cut_off_and_hold_up_nobody(start_server, authority):
    server = start_server(**settings_of(authority.issue("slow"), MIM_TLS_HANDSHAKE_TIMEOUT_SECONDS=5))
    with socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT) as silent, \
            socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT) as slow:
        slow.sendall(b"\x16\x03\x01\x02\x00\x01\x00")
        assert name_shown(server.port, authority) == "slow"
        for plain in (silent, slow):
            assert read_to_end(plain) == b""


def test_handshakes_at_once_are_bounded(start_server, authority):
    server = start_server(**settings_of(authority.issue("few"), MIM_TLS_MAX_HANDSHAKES=2,
                                        MIM_TLS_HANDSHAKE_TIMEOUT_SECONDS=600))
    with connected(server.port, client_context(authority)) as early:
        # With TLS 1.3 the client is done first: only an answer tells that the server's half of the handshake has ended.
        assert exchange(early).startswith("HTTP/1.1 200")
        silent = [socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT) for _ in range(2)]

        def refuses():
            try:
                return not name_shown(server.port, authority)
            except OSError:
                return True
        eventually(refuses)
        assert exchange(early).startswith("HTTP/1.1 200"), "who is in, stays in"
        for plain in silent:
            plain.close()
        eventually(lambda: not refuses())


class Exchangeable:
    """A server whose certificate's files can be exchanged."""

    def __init__(self, start_server, authority, folder):
        self.authority, self.files = authority, (folder / "server.pem", folder / "server.key")
        self.put(authority.issue("first"))
        self.server = start_server(**settings_of(self.files))

    def put(self, pair):
        for given, used in zip(pair, self.files):
            shutil.copy(given, used)

    def reload(self, event):
        """SIGHUP; back once the server has told of it."""
        told = self.server.log().count(event)
        self.server.process.send_signal(signal.SIGHUP)
        eventually(lambda: self.server.log().count(event) > told)

    def shown(self):
        return name_shown(self.server.port, self.authority)


@pytest.fixture
def exchangeable(start_server, authority, tmp_path):
    return Exchangeable(start_server, authority, tmp_path)


def test_reload_under_load_drops_nothing(exchangeable, authority):
    port, stop, counts, failures = exchangeable.server.port, threading.Event(), [0, 0, 0, 0], []

    def keep_asking(number):
        try:
            while not stop.is_set():
                with connected(port, client_context(authority)) as secure:
                    for _ in range(5):
                        assert exchange(secure).startswith("HTTP/1.1 200")
                        counts[number] += 1
        except Exception as failure:
            failures.append(failure)

    with connected(port, client_context(authority)) as old:
        assert exchange(old).startswith("HTTP/1.1 200")
        threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(len(counts))]
        for thread in threads:
            thread.start()
        for name in ("second", "third", "fourth"):
            exchangeable.put(authority.issue(name))
            exchangeable.reload("tls.certificate_loaded")
            assert exchangeable.shown() == name
            seen = list(counts)
            eventually(lambda: failures or all(count > before for count, before in zip(counts, seen)))
        stop.set()
        for thread in threads:
            thread.join()
        assert not failures
        assert exchange(old).startswith("HTTP/1.1 200"), "a connection keeps the certificate it began with"


def test_a_bad_pair_is_refused_and_the_old_one_stays(exchangeable, authority):
    good, other = authority.issue("good"), authority.issue("other")
    garbage = exchangeable.files[0].with_name("garbage")
    garbage.write_text("no PEM at all\n")
    for pair in ((good[0], other[1]), (garbage, good[1]), (good[0], garbage), authority.issue("expired", days=-1)):
        exchangeable.put(pair)
        exchangeable.reload("tls.reload_refused")
        assert exchangeable.shown() == "first"
    exchangeable.files[1].unlink()
    exchangeable.reload("tls.reload_refused")
    assert exchangeable.shown() == "first"
    exchangeable.put(good)
    exchangeable.reload("tls.certificate_loaded")
    assert exchangeable.shown() == "good"


def test_what_cannot_be_served_is_named_at_the_start(tmp_path, authority):
    good, other = authority.issue("good2"), authority.issue("other2")
    password = planted.new_password()
    locked = authority.issue("locked", passphrase=password)
    arguments = ["serve", "--listen", "127.0.0.1:0", "--data", tmp_path, "--log-level", "error"]
    refused(*arguments, names=["--tls-key", other[1]], **settings_of((good[0], other[1])))
    refused(*arguments, names=["--tls-key", locked[1], "passphrase"], **settings_of(locked))
    refused(*arguments, names=["--tls-certificate", tmp_path / "none"], **settings_of((tmp_path / "none", good[1])))
    refused(*arguments, names=["--tls-certificate", good[1]], **settings_of((good[1], good[1])))
    refused(*arguments, "--tls-certificate", good[0], names=["--tls-key"])
    refused(*arguments, "--tls-key", good[1], names=["--tls-certificate"])


def test_an_expired_certificate_is_served_and_complained_of(start_server, authority):
    server = start_server(**settings_of(authority.issue("late", days=-1)))
    assert "tls.certificate_out_of_date" in server.log()
    with pytest.raises(ssl.SSLCertVerificationError) as refused_it, connected(server.port, client_context(authority)):
        pass
    assert refused_it.value.verify_code == CERTIFICATE_HAS_EXPIRED


def test_the_chain_is_sent(start_server, authority):
    certificate, key = authority.issue("chained")
    chain = certificate.with_name("chained-chain.pem")
    chain.write_text(certificate.read_text() + authority.file.read_text())
    server = start_server(**settings_of((chain, key)))
    with connected(server.port, client_context(authority)) as secure:
        assert exchange(secure).startswith("HTTP/1.1 200")
    sent = certificates_sent(server.port)
    assert sent == 2


def certificates_sent(port):
    """How many certificates come in the handshake, counted in the clear: TLS 1.2 does not hide them."""
    context = client_context(highest=ssl.TLSVersion.TLSv1_2)
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as plain:
        plain.sendall(first_words(context))
        handshake = b""
        while True:
            handshake += record(plain)[1]
            at = 0
            while len(handshake) >= at + 4:
                kind, length = handshake[at], int.from_bytes(handshake[at + 1:at + 4], "big")
                if kind == 11 and len(handshake) >= at + 4 + length:
                    return count_certificates(handshake[at + 7:at + 4 + length])
                at += 4 + length


def count_certificates(chain):
    count = 0
    while chain:
        chain = chain[3 + int.from_bytes(chain[:3], "big"):]
        count += 1
    return count


def test_a_hangup_without_tls_still_ends_the_server(start_server):
    ours = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored, and children inherit that
    try:
        server = start_server()
    finally:
        signal.signal(signal.SIGHUP, ours)
    assert server.stop(signal.SIGHUP) == -signal.SIGHUP
