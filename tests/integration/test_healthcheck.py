"""`mim healthcheck`: what a container engine asks, and nothing but the exit code counts."""
import pytest

from certificates import Authority
from processes import command


def asked(done, code):
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout == "" and len(done.stderr.splitlines()) == code, done.stderr
    return done.stderr


def test_a_server_that_runs(shared_server):
    for listen in (f"127.0.0.1:{shared_server.port}", f"0.0.0.0:{shared_server.port}"):
        asked(command("healthcheck", "--listen", listen), 0)
        asked(command("healthcheck", MIM_LISTEN=listen), 0)


def test_the_address_of_the_configuration_file(shared_server, tmp_path):
    file = tmp_path / "mim.ini"
    file.write_text(f"[serve]\nlisten = 127.0.0.1:{shared_server.port}\n")
    asked(command("healthcheck", MIM_CONFIG=file), 0)


def test_no_proxy_stands_in_between(shared_server, closed_port):
    asked(command("healthcheck", MIM_LISTEN=f"127.0.0.1:{shared_server.port}", http_proxy=f"http://127.0.0.1:{closed_port}"), 0)


def test_a_server_with_tls(start_server, tmp_path):
    certificate, key = Authority(tmp_path).issue("server")
    tls = {"MIM_TLS_CERTIFICATE": certificate, "MIM_TLS_KEY": key}
    server = start_server(tmp_path / "data", **tls)
    asked(command("healthcheck", MIM_LISTEN=f"127.0.0.1:{server.port}", **tls), 0)
    asked(command("healthcheck", MIM_LISTEN=f"127.0.0.1:{server.port}"), 1)


def test_nobody_listens(closed_port):
    assert f"127.0.0.1:{closed_port}" in asked(command("healthcheck", MIM_LISTEN=f"127.0.0.1:{closed_port}"), 1)


def test_no_answer_in_time(silent_port):
    asked(command("healthcheck", "--timeout-ms", "100", MIM_LISTEN=f"127.0.0.1:{silent_port}"), 1)


@pytest.mark.parametrize("arguments, settings", [(["--timeout-ms", "soon"], {}), (["--nonsense"], {}), ([], {"MIM_NO_SUCH": "1"}),
                                                 ([], {"MIM_LISTEN": "127.0.0.1:0"})])
def test_settings_that_cannot_be_read_are_not_healthy(arguments, settings):
    asked(command("healthcheck", *arguments, **settings), 1)
