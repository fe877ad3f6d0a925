"""JSON Web Tokens as a forger would make them; RS256 signatures come from the openssl command."""
import base64
import hashlib
import hmac
import json
import subprocess


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def claims(token):
    return json.loads(decode(token.split(".")[1]))


def header(token):
    return json.loads(decode(token.split(".")[0]))


def signing_input(head, body):
    return f"{encode(json.dumps(head).encode())}.{encode(json.dumps(body).encode())}"


def unsigned(body, algorithm="none"):
    return signing_input({"alg": algorithm, "typ": "JWT"}, body) + "."


def with_hmac(head, body, key):
    text = signing_input(head, body)
    return f"{text}.{encode(hmac.new(key, text.encode(), hashlib.sha256).digest())}"


def with_rsa(head, body, key_path):
    text = signing_input(head, body)
    signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", str(key_path)], input=text.encode(),
                               stdout=subprocess.PIPE, check=True).stdout
    return f"{text}.{encode(signature)}"


def new_rsa_key(path):
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", str(path)],
                   stderr=subprocess.DEVNULL, check=True)
    return path
