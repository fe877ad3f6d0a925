"""Certificates of the tests' own, made with openssl, and clients that speak TLS byte by byte."""
import contextlib
import socket
import ssl
import subprocess

TIMEOUT = 20


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, stdin=subprocess.DEVNULL)


class Authority:
    """Signs certificates for 127.0.0.1; `file` is what clients trust."""

    def __init__(self, folder):
        self.folder, self.file, self.key = folder, folder / "authority.pem", folder / "authority.key"
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=tests",
                 "-days", 2, "-keyout", self.key, "-out", self.file)
        (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")

    def issue(self, name, days=2, passphrase=None):
        """A certificate with its key; `days` may be negative: expired. Returns both files."""
        certificate, key, request = (self.folder / f"{name}.{kind}" for kind in ("pem", "key", "csr"))
        protection = ["-passout", f"pass:{passphrase}"] if passphrase else ["-nodes"]
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", *protection, "-subj", f"/CN={name}",
                 "-keyout", key, "-out", request)
        _openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.key, "-CAcreateserial", "-days", days,
                 "-extfile", self.folder / "names", "-out", certificate)
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


def name_shown(port, authority):
    """The common name of the certificate that a new connection is shown."""
    with connected(port, client_context(authority)) as secure:
        return dict(pair[0] for pair in secure.getpeercert()["subject"])["commonName"]
