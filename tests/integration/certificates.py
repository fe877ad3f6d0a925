"""Certificates of the tests' own, made with openssl, and clients that speak TLS byte by byte."""
import contextlib
import datetime
import socket
import ssl
import struct
import subprocess

import pytest

TIMEOUT = 20
ALERT = 21  # the kind of a record


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, stdin=subprocess.DEVNULL)


# `openssl ca` is the one command that takes the same dates, also those that have passed, in every version.
SIGNING = """[ca]
default_ca = tests
[tests]
database = {folder}/signed
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = names
unique_subject = no
[names]
commonName = supplied
"""
# What a client that checks strictly (RFC 5280) wants of a server's certificate.
SERVER = """subjectAltName = IP:127.0.0.1, DNS:localhost
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
"""


def _date(moment):
    return moment.strftime("%Y%m%d%H%M%SZ")


class Authority:
    """Signs certificates for 127.0.0.1; `file` is what clients trust."""

    def __init__(self, folder):
        self.folder, self.file, self.key = folder, folder / "authority.pem", folder / "authority.key"
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=tests",
                 "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-days", 2, "-keyout", self.key, "-out", self.file)
        (folder / "signed").touch()
        (folder / "signing.conf").write_text(SIGNING.format(folder=folder))
        (folder / "server.conf").write_text(SERVER)

    def issue(self, name, days=2, passphrase=None):
        """A certificate with its key; `days` may be negative: expired. Returns both files."""
        certificate, key, request = (self.folder / f"{name}.{kind}" for kind in ("pem", "key", "csr"))
        protection = ["-passout", f"pass:{passphrase}"] if passphrase else ["-nodes"]
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", *protection, "-subj", f"/CN={name}",
                 "-keyout", key, "-out", request)
        now = datetime.datetime.now(datetime.timezone.utc)
        end = now + datetime.timedelta(days=days)
        _openssl("ca", "-batch", "-notext", "-config", self.folder / "signing.conf", "-cert", self.file, "-keyfile", self.key,
                 "-extfile", self.folder / "server.conf", "-startdate", _date(min(now, end - datetime.timedelta(days=1))),
                 "-enddate", _date(end), "-in", request, "-out", certificate)
        return certificate, key


def client_context(authority=None, lowest=None, highest=None, protocols=None):
    context = ssl.create_default_context(cafile=authority and str(authority.file))
    if authority is None:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if highest is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")  # or the library would not even offer what is old
        context.minimum_version, context.maximum_version = lowest or highest, highest
    if protocols:
        context.set_alpn_protocols(protocols)
    return context


@contextlib.contextmanager
def connected(port, context):
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as plain:
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
            yield secure


def exchange(secure, path="/healthz", more=""):
    """One request; the head of its answer. The connection stays open."""
    secure.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode())
    text = b""
    while b"\r\n\r\nok\n" not in text:
        piece = secure.recv(65536)
        assert piece, f"the connection ended after {text!r}"
        text += piece
    return text.decode()


def first_words(context):
    """A client that has begun its handshake, and what it says first."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    return outgoing.read()


def record(plain):
    """The kind and the content of the next record, as RFC 8446 section 5.1 lays it out; in the clear."""
    kind, _, length = struct.unpack(">BHH", plain.recv(5, socket.MSG_WAITALL))
    return kind, plain.recv(length, socket.MSG_WAITALL)


def alert_told(port, context):
    """The number of the alert with which the first words are refused (RFC 8446 section 6): clients word it as they like."""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as plain:
        plain.sendall(first_words(context))
        kind, content = record(plain)
    assert (kind, len(content)) == (ALERT, 2), f"no alert: {kind} {content!r}"
    return content[1]


def name_shown(port, authority):
    """The common name of the certificate that a new connection is shown."""
    with connected(port, client_context(authority)) as secure:
        return dict(pair[0] for pair in secure.getpeercert()["subject"])["commonName"]
