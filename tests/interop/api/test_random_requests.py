"""Random requests from the OpenAPI document: no 5xx, and every answer is as the document says."""
import json
import os
import random
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
import requests

import schemathesis_venv
from closed import closed
from client import Api
from processes import ROOT
from scene import Scene, unique
from serving import FOLDER, Unavailable

# The same requests each time, so that a finding was brought by a change; 0 draws others.
SEED = int(os.environ.get("MIM_TEST_API_SEED") or 1) or random.SystemRandom().randrange(1, 2**31)
SECONDS = int(os.environ.get("MIM_TEST_API_SECONDS") or 60)
EXAMPLES = 30
CHECKS = ("not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
          "response_schema_conformance,negative_data_rejection,ignored_auth,allow_header_conformance")
DOCUMENT = json.loads((ROOT / "src" / "http" / "openapi" / "openapi.json").read_text())
METHODS = ("get", "post", "put", "delete")
OPERATIONS = [f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in METHODS if method in item]
# Schemathesis knows one base for a whole document.
BESIDE_THE_API = [path for path, item in DOCUMENT["paths"].items() if any("servers" in item[method] for method in item)]


def settings(server, api, scene):
    return {**os.environ, "RANDOM_REQUESTS_ORIGIN": server.address, "RANDOM_REQUESTS_USER": api.username,
            "RANDOM_REQUESTS_PASSWORD": api.password, "RANDOM_REQUESTS_SEED": str(SEED),
            "RANDOM_REQUESTS_DATABASE": scene.id, "RANDOM_REQUESTS_URI": scene.uri, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": os.path.dirname(__file__),
            "NO_COLOR": "1", "no_proxy": "*"}


def run(command, folder, environment, name, seconds, *more):
    """The test cases of one run, by operation: the texts of its complaints."""
    done = subprocess.run(
        [command, "run", *more, "--seed", str(SEED), "--checks", CHECKS, "--phases", "examples,coverage,fuzzing",
         "--max-examples", str(EXAMPLES), "--max-time", str(seconds), "--continue-on-failure", "--request-timeout", "20",
         "--report", "junit", "--report-junit-path", folder / f"{name}.xml", "--generation-database", "none",
         "--suppress-health-check", "all", "--warnings", "off", "--no-shrink"],
        cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds * 4 + 120)
    (FOLDER / f"random-requests-{name}.txt").write_text(done.stdout)
    if not (folder / f"{name}.xml").exists():
        pytest.fail(f"schemathesis ended with {done.returncode}: {done.stdout[-4000:]}")
    return {case.get("name"): [(inner.get("message") or "") + (inner.text or "") for inner in case
                               if inner.tag in ("failure", "error")]
            for case in ElementTree.parse(folder / f"{name}.xml").getroot().iter("testcase")}


@pytest.fixture(scope="module")
def results(server, sandbox, tmp_path_factory, report):
    try:
        command = schemathesis_venv.install()
    except Unavailable as reason:
        pytest.skip(f"schemathesis: {reason}")
    api = Api(server.address).sign_up(unique("user"))
    scene = Scene(api, sandbox)
    scene.define("orders", {"a": 1})
    scene.db["orders"].insert_one({"a": 1})
    folder, environment = tmp_path_factory.mktemp("schemathesis"), settings(server, api, scene)
    document = folder / "closed.json"
    document.write_text(json.dumps(closed(requests.get(server.address + "/openapi.json", timeout=20).json())))
    report(f"random requests: seed {SEED}; again with MIM_TEST_API_SEED={SEED}")
    beside = [word for path in BESIDE_THE_API for word in ("--exclude-path", path)]
    only_beside = [word for path in BESIDE_THE_API for word in ("--include-path", path)]
    found = run(command, folder, environment, "api", SECONDS, document, "--url", server.address + "/api/v1", *beside)
    return found | run(command, folder, environment, "root", 5, document, "--url", server.address, *only_beside)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_documented(results, operation):
    found = [complaints for name, complaints in results.items() if name.endswith(operation)]
    assert found, f"{operation} was not tried: {sorted(results)}"
    assert not any(found), "\n".join(text for complaints in found for text in complaints)[:6000]


def test_a_wrong_document_is_noticed(server, sandbox, results, tmp_path):
    """Another body than the document promises: so the silence above means something."""
    wrong = json.loads(json.dumps(DOCUMENT))
    wrong["paths"]["/databases/list"]["post"]["responses"]["200"]["content"]["application/json"]["schema"] = {
        "type": "object", "required": ["no_such_field"]}
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    api = Api(server.address).sign_up(unique("user"))
    found = run(schemathesis_venv.install(), tmp_path, settings(server, api, Scene(api, sandbox)), "wrong", 5,
                tmp_path / "wrong.json", "--url", server.address + "/api/v1", "--include-operation-id", "listDatabases")
    assert any("no_such_field" in text for complaints in found.values() for text in complaints), found


def test_the_server_outlived_it(results, server):
    assert server.process.poll() is None
    log = server.log()
    assert "http.exception" not in log and "job_crashed" not in log and "http.session_failed" not in log
