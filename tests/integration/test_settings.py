"""Settings: the same judgement wherever they are set and whichever command reads them, and complaints that help."""
import json
import re

import pytest

import planted
from certificates import Authority
from processes import built_for_users, command
from test_process import refused

ON_LOOPBACK = {"MIM_LISTEN": "127.0.0.1:0"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize("setting, value, expected", [
    ("workers", "many", "a whole number from 0 to 256"), ("workers", "1x", "a whole number"), ("workers", " 1", "a whole number"),
    ("workers", "257", "from 0 to 256"), ("lease-seconds", "1x", "a whole number"), ("lease-seconds", "-1", "from 1"),
    ("target-connect-timeout-ms", "99", "from 100"), ("apm-sample-rate", "1.5", "a number from 0 to 1"),
    ("log-level", "loud", "one of debug, error, info, warning"), ("target-deadline-seconds", "9" * 30, "a whole number")])
def test_what_cannot_be_converted_ends_every_command(tmp_path, setting, value, expected):
    variable, flag = "MIM_" + setting.upper().replace("-", "_"), f"--{setting}"
    file = tmp_path / "mim.ini"
    file.write_text(f"# ours\n{setting} = \"{value}\"\n")
    for words in (["serve"], ["worker"], ["config", "check"], ["config", "check", "worker"], ["doctor"], ["store", "rekey"]):
        refused(*words, names=[flag, variable, expected], MIM_DATA=tmp_path / "data", **{variable: value})
        refused(*words, flag, value, names=[flag, "given as a flag", expected], MIM_DATA=tmp_path / "data")
        refused(*words, "--config", file, names=[flag, f"{file}, line 2", expected], MIM_DATA=tmp_path / "data")
        assert command(*words, flag, value, MIM_DATA=tmp_path / "data").returncode == 2
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("words, told", [
    (["serve", "--listen"], "mim: --listen needs a value: --listen HOST:PORT (see 'mim serve --help')\n"),
    (["worker", "--workers"], "mim: --workers needs a value: --workers NUMBER (see 'mim worker --help')\n"),
    (["store", "copy", "--from"], "mim: --from needs a value: --from ")])
def test_a_flag_without_its_value(words, told):
    done = command(*words)
    assert done.returncode == 2 and done.stderr.startswith(told), done.stderr
    assert done.stdout == "" and done.stderr.count("\n") == 1


def test_a_forwarded_header_that_does_not_exist(tmp_path):
    refused("serve", "--data", tmp_path, names=["MIM_FORWARDED_HEADER", "x-forwarded-for"], MIM_FORWARDED_HEADER="x-real-ip")


def test_an_empty_variable_is_none(tmp_path):
    done = command("config", "check", MIM_DATA=tmp_path, MIM_WORKERS="", MIM_STORE="", MIM_LOG_LEVEL="")
    assert done.returncode == 0 and re.search(r"workers += 4 .*# default", done.stdout), done.stdout + done.stderr


@pytest.mark.parametrize("line, names", [("worker = 1", ["worker", "did you mean workers?"]), ("workers", ["neither"]),
                                         ("config = x", ["config"]), ("[sreve]\nworkers = 1", ["sreve", "did you mean serve?"])])
def test_a_line_of_the_file_is_named(tmp_path, line, names):
    file = tmp_path / "mim.ini"
    file.write_text(f"\n[serve]\n{line}\n")
    for words in (["serve"], ["config", "check"], ["doctor"]):
        refused(*words, "--config", file, names=[*names, f"{file}, line {2 + line.count(chr(10)) + 1}"], MIM_DATA=tmp_path / "data")


def test_a_file_may_hold_what_a_value_needs(tmp_path):
    file = tmp_path / "mim.ini"
    file.write_text("[serve]\nlisten = [::1]:81\ntoken-issuer = \"a b ; # c\"\ntrusted-proxies = 10.0.0.0/8,fd00::/8\ntrusted-proxies = 192.0.2.1\n")
    done = command("config", "check", "--config", file, MIM_DATA=tmp_path)
    assert done.returncode == 0, done.stderr
    for text in ("[::1]:81", "a b ; # c", "10.0.0.0/8,fd00::/8,192.0.2.1"):
        assert text in done.stdout, done.stdout


def bad_settings(tmp_path, authority):
    """(the setting that is named, what is set) of each."""
    garbage = tmp_path / "garbage"
    garbage.write_text("garbage")
    certificate, key = authority.issue("server")
    other_key = authority.issue("other")[1]
    apm = {"MIM_APM_SERVER_URL": "http://127.0.0.1:8200"}
    return [
        ("--registration", {"MIM_LISTEN": "0.0.0.0:0"}),
        ("--private-key", {"MIM_PRIVATE_KEY": "/nowhere/key.pem", "MIM_PUBLIC_KEY": "/nowhere/key.pem"}),
        ("--private-key", {"MIM_PRIVATE_KEY": garbage, "MIM_PUBLIC_KEY": garbage}),
        ("--public-key", {"MIM_PRIVATE_KEY": garbage}),
        ("--additional-public-keys", {"MIM_ADDITIONAL_PUBLIC_KEYS": "/nowhere/keys"}),
        ("--additional-public-keys", {"MIM_ADDITIONAL_PUBLIC_KEYS": garbage}),
        ("--tls-certificate", {"MIM_TLS_CERTIFICATE": "/nowhere/server.pem", "MIM_TLS_KEY": key}),
        ("--tls-certificate", {"MIM_TLS_CERTIFICATE": garbage, "MIM_TLS_KEY": key}),
        ("--tls-key", {"MIM_TLS_CERTIFICATE": certificate, "MIM_TLS_KEY": garbage}),
        ("--tls-key", {"MIM_TLS_CERTIFICATE": certificate, "MIM_TLS_KEY": other_key}),
        ("--tls-key", {"MIM_TLS_CERTIFICATE": certificate}),
        ("--secret-key-file", {"MIM_SECRET_KEY_FILE": "/nowhere/secret.key"}),
        ("--secret-key-file", {"MIM_SECRET_KEY_FILE": garbage}),
        ("--secret-keys", {"MIM_SECRET_KEYS": planted.new_password()}),
        ("--target-allow", {"MIM_TARGET_ALLOW": "foo bar"}),
        ("--target-deny", {"MIM_TARGET_DENY": "10.0.0.0/99"}),
        ("--trusted-proxies", {"MIM_TRUSTED_PROXIES": "abc"}),
        ("--cors-origins", {"MIM_CORS_ORIGINS": "*"}),
        ("--apm-server-url", {"MIM_APM_SERVER_URL": "foo"}),
        ("--apm-ca-file", {"MIM_APM_CA_FILE": "/nowhere/ca.pem", **apm}),
        ("--apm-ca-file", {"MIM_APM_CA_FILE": garbage, **apm}),
        ("--apm-service-name", {"MIM_APM_SERVICE_NAME": "a/b", **apm}),
        ("--apm-api-key", {"MIM_APM_API_KEY": planted.new_password(), "MIM_APM_SECRET_TOKEN": planted.new_password(), **apm}),
        ("--queue", {"MIM_QUEUE": "http://x"}),
        ("--queue", {"MIM_QUEUE": "rediss://127.0.0.1:1?ca_file=/nowhere/ca.pem"}),
        ("--data", {"MIM_DATA": garbage}),
        ("--data", {"MIM_DATA": garbage / "inside"}),
    ]


def test_what_ends_a_start_is_told_by_check_and_doctor(tmp_path, authority):
    for named, settings in bad_settings(tmp_path, authority):
        data = tmp_path / "data"
        settings = {**ON_LOOPBACK, "MIM_DATA": data, **settings}
        for words in (["serve"], ["config", "check"], ["doctor"]):
            done = command(*words, **settings)
            said = done.stdout if words == ["doctor"] else done.stderr
            assert done.returncode == 1 and f"{named}: " in said, (words, named, done.stdout, done.stderr)
            assert not planted.leaks(done.stdout + done.stderr), (words, named)
        assert not data.exists(), f"{named}: refused before anything is made"


def test_every_problem_is_told_at_once(tmp_path):
    settings = {"MIM_LISTEN": "0.0.0.0:0", "MIM_CORS_ORIGINS": "*", "MIM_TRUSTED_PROXIES": "abc", "MIM_DATA": tmp_path / "data"}
    flags = ["--registration", "--cors-origins", "--trusted-proxies"]
    refused("serve", names=flags, **settings)
    assert all(flag in command("config", "check", **settings).stderr for flag in flags)


def test_a_worker_is_not_judged_by_what_a_server_needs(tmp_path):
    of_a_server = {"MIM_LISTEN": "0.0.0.0:0", "MIM_CORS_ORIGINS": "*", "MIM_PRIVATE_KEY": "/nowhere/key.pem"}
    done = command("config", "check", "worker", MIM_DATA=tmp_path, **of_a_server)
    assert done.returncode == 0, done.stderr
    refused("worker", names=["--target-allow"], MIM_DATA=tmp_path / "data", MIM_TARGET_ALLOW="foo bar")


@pytest.mark.parametrize("line, names", [
    ("serv", ["'serv'", "did you mean serve?"]), ("store bakcup", ["'store bakcup'", "did you mean store backup?"]),
    ("doctor wroker", ["'wroker'", "did you mean worker?"]), ("serve --listne 127.0.0.1:0", ["--listne is", "did you mean --listen?"]),
    ("serve --worker=1", ["--worker is", "did you mean --workers?"]), ("store", ["needs one of", "store copy"]), ("", ["serve", "doctor"]),
    ("serve now", ["'now' is one argument too many", "'mim serve' takes flags only"]),
    ("serve 8080", ["'8080' is one argument too many", "did you mean --listen 127.0.0.1:8080?"]),
    ("serve worker", ["did you mean mim worker?"])])
def test_an_unknown_word_is_named_with_what_was_meant(line, names):
    refused(*line.split(), names=names)


def test_a_store_on_mongodb_without_a_queue_is_told_alike_everywhere(tmp_path):
    uri = f"mongodb://root:{planted.new_password()}@127.0.0.1:1/x"
    for words in (["serve"], ["worker"], ["config", "check"], ["doctor"]):
        done = command(*words, MIM_DATA=tmp_path, MIM_STORE=uri, MIM_TARGET_CONNECT_TIMEOUT_MS=100)
        assert done.returncode != 0
        assert "a store on MongoDB needs a queue on Redis or Valkey: set MIM_QUEUE to redis://HOST:PORT" in done.stdout + done.stderr


def test_an_unknown_variable_is_named_with_what_was_meant(tmp_path):
    secret = planted.new_password()
    line = refused("serve", "--data", tmp_path, names=["MIM_APM_API_KEZ", "did you mean MIM_APM_API_KEY?"], MIM_APM_API_KEZ=secret)
    assert not planted.leaks(line)


def test_a_variable_of_one_command_is_known_to_all(tmp_path):
    uri = f"mongodb://root:{planted.new_password()}@db/"
    others = {"MIM_COPY_FROM": uri, "MIM_COPY_TO": "x", "MIM_URI": uri, "MIM_API_KEY": planted.new_password()}
    for words in (["config", "check"], ["config", "check", "worker"], ["doctor"]):
        done = command(*words, MIM_DATA=tmp_path, MIM_WORKERS=1, **others)
        assert done.returncode == 0 and not planted.leaks(done.stdout + done.stderr), done.stderr
    done = command("store", "copy", MIM_LISTEN="127.0.0.1:1", **{**others, "MIM_COPY_FROM": tmp_path / "none.db"})
    assert done.returncode == 1 and "none.db" in done.stderr, done.stderr


def test_versions(tmp_path):
    first, *libraries = command("--version").stdout.splitlines()
    assert re.fullmatch(r"mim \d+\.\d+\.\d+", first)
    names = [re.fullmatch(r"(\S+) \d+\.\d+\S*", line).group(1) for line in libraries]
    assert ("jemalloc" in names) == built_for_users(), "sanitizers bring an allocator of their own"
    assert set(names) - {"libbson", "jemalloc"} == {"libmongoc", "OpenSSL", "SQLite", "hiredis", "libcurl", "zlib", "ICU", "Boost", "libsodium", "CLI11"}
    told = command("doctor", MIM_DATA=tmp_path).stdout
    assert all(line in told for line in libraries), told
    numbers = tuple(int(part) for part in re.search(r"libmongoc (\d+)\.(\d+)\.(\d+)", told).groups())
    assert ("1.27.4 and later" in told) == (numbers < (1, 27, 4)), told


def test_the_doctor_in_json(tmp_path):
    text = command("doctor", MIM_DATA=tmp_path)
    done = command("doctor", "--output", "json", MIM_DATA=tmp_path)
    document = json.loads(done.stdout)
    assert done.returncode == text.returncode == 0
    assert all(set(each) == {"check", "subject", "status", "message", "remedy"} for each in document["findings"])
    for finding in document["findings"]:
        line = re.escape(finding["status"]) + " +" + re.escape(f"{finding['subject']}: {finding['message']}")
        assert re.search(line, text.stdout), line
    sums = {status: sum(each["status"] == status for each in document["findings"]) for status in ("ok", "warning", "failure")}
    assert document["summary"] == sums
    assert {"libraries", "settings", "token_keys", "secret_keys", "store"} <= {each["check"] for each in document["findings"]}


def test_a_failure_in_json_has_the_same_exit_code(tmp_path):
    done = command("doctor", "worker", "--output", "json", MIM_DATA=tmp_path, MIM_TARGET_ALLOW="foo bar")
    failures = [each for each in json.loads(done.stdout)["findings"] if each["status"] == "failure"]
    assert done.returncode == 1 and any(each["check"] == "settings" and "--target-allow" in each["message"] for each in failures)
    assert all(each["remedy"] for each in failures)


def test_neither_check_nor_doctor_makes_a_key_anew(start_server, tmp_path):
    server = start_server(tmp_path / "data")
    assert server.stop() == 0
    (server.data / "public.pem").unlink()
    before = sorted(path.name for path in server.data.iterdir())
    assert command("config", "check", MIM_DATA=server.data).returncode == 0
    assert command("doctor", MIM_DATA=server.data).returncode == 0
    assert not set(path.name for path in server.data.iterdir()) - set(before) - {"mim.db-wal", "mim.db-shm"}
