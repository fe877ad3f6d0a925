"""An HTTP client of the contract. It knows the contract's names and nothing of the server's inside."""
import json
import re

import requests

import planted
import shapes

BASES = ("/api/v1", "/api/doctor-manager-api/v1")
TOKEN_ROUTES = {("POST", "/auth/login"), ("POST", "/auth/refresh-token"), ("POST", "/invites"), ("POST", "/api-keys")}
RESET_ROUTE = re.compile(r"/users/[0-9a-f]{24}/password-reset")


def hands_out_tokens(method, path):
    return (method, path.rstrip("/")) in TOKEN_ROUTES or bool(RESET_ROUTE.fullmatch(path))
NO_TOKEN = object()


class Reply:
    def __init__(self, response, request):
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.text
        self.request = request
        self.body = None

    def expect(self, *statuses):
        assert self.status in statuses, f"{self.request} answered {self.status}, not {statuses}: {self.text[:1500]}"
        return self

    def expect_error(self, status, text=None):
        self.expect(status)
        if text is not None:
            assert text in json.dumps(self.error), f"{self.request}: {text!r} is not in {self.error!r}"
        return self

    def expect_bad_field(self, *fields):
        """A 400 whose error names each of these fields; a nested one may be told with its path."""
        self.expect(400)
        assert isinstance(self.error, dict), f"{self.request}: no field is named: {self.error!r}"
        for field in fields:
            assert any(name.startswith(field) for name in self.error), f"{field} is not named: {self.error}"
        return self

    @property
    def data(self):
        return self.body["data"]

    @property
    def extra(self):
        return self.body["extra"]

    @property
    def error(self):
        return self.body["error"]


class Api:
    def __init__(self, address, base=BASES[0], access=None, refresh=None):
        self.address, self.base, self.access, self.refresh = address, base, access, refresh
        self.username = self.password = self.email = None
        self._session = requests.Session()
        self._session.trust_env = False

    def again(self, **changes):
        """Another client of the same user, for use in another thread or with another token."""
        values = {"address": self.address, "base": self.base, "access": self.access, "refresh": self.refresh}
        copy = Api(**{**values, **changes})
        copy.username, copy.password, copy.email = self.username, self.password, self.email
        return copy

    def raw(self, method, path, body=None, token=None, content=None, headers=None, timeout=60, **options):
        """One request; the response as it came, without any check."""
        sent = dict(headers or {})
        token = self.access if token is None else token
        if token is not NO_TOKEN and token:
            sent.setdefault("Authorization", f"Bearer {token}")
        if content is None and body is not None:
            content = json.dumps(body).encode()
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
        return self._session.request(method, self.address + self.base + path, data=content, headers=sent,
                                     timeout=timeout, **options)

    def call(self, method, path, body=None, **options):
        response = self.raw(method, path, body, **options)
        reply = Reply(response, f"{method} {path}")
        try:
            reply.body = response.json()
        except ValueError:
            raise AssertionError(f"{reply.request} answered {reply.status} without JSON: {reply.text[:500]}") from None
        shapes.check_envelope(reply.status, reply.headers, reply.body)
        shapes.check_clean(reply.text, hands_out_tokens(method, path))
        return reply

    def get_document(self, path):
        """JSON without an envelope."""
        response = self.raw("GET", path)
        assert response.status_code == 200, response.text[:500]
        return response.json()

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.call("POST", path, body, **options)

    def put(self, path, body=None, **options):
        return self.call("PUT", path, body, **options)

    def delete(self, path, body=None, **options):
        return self.call("DELETE", path, body, **options)

    def sign_up(self, username, password=None, email=None, invite=None):
        """Registers a user and logs in."""
        self.username, self.password = username, password or planted.new_password()
        self.email = email or f"{username}@example.org"
        body = {"username": self.username, "email": self.email, "password": self.password}
        body.update({} if invite is None else {"invite": invite})
        assert self.post("/auth/register", body, token=NO_TOKEN).expect(201).data["success"] is True
        return self.log_in()

    def log_in(self, identity=None):
        body = {"identity": identity or self.username, "password": self.password}
        self.take(self.post("/auth/login", body, token=NO_TOKEN).expect(200).data)
        return self

    def take(self, pair):
        self.access, self.refresh = pair["access_token"], pair["refresh_token"]

    def new_pair(self):
        """Spends the refresh token."""
        reply = self.post("/auth/refresh-token", token=self.refresh)
        if reply.status == 200:
            self.take(reply.data)
        return reply
