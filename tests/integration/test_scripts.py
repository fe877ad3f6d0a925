"""Generated mongosh scripts. That mongosh runs them rightly is shown elsewhere; here, what the answer holds."""

import pytest

import planted
from scene import Scene

PATH = "/indexes/generate-script"


def generate(scene, **more):
    return scene.api.post(PATH, {"database_id": scene.id, **more}).expect(200).data


def counts(answer):
    return tuple(value if isinstance(value, int) else len(value)
                 for value in (answer["creates"], answer["drops"], answer["modifies"]))


@pytest.fixture
def drifting(scene):
    scene.define("c", {"missing": 1})
    scene.define("c", {"matched": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=61)
    scene.db.c.create_index("matched")
    scene.db.c.create_index("ttl", expireAfterSeconds=90)
    scene.db.c.create_index("redundant")
    return scene


def test_comparison_both(drifting):
    before = drifting.live("c")
    answer = generate(drifting)
    assert {"script", "filename", "creates", "drops", "modifies"} <= set(answer)
    assert counts(answer) == (1, 1, 1) and answer["filename"].endswith(".js")
    assert "missing_1" in answer["script"] and "redundant_1" in answer["script"] and "61" in answer["script"]
    assert "matched_1" not in answer["script"]
    assert drifting.live("c") == before
    assert generate(drifting, mode="both", source="comparison")["script"]


def test_create_only_and_drop_only(drifting):
    create, drop = generate(drifting, mode="create"), generate(drifting, mode="drop")
    assert counts(create)[:2] == (1, 0) and "redundant_1" not in create["script"]
    assert counts(drop)[:2] == (0, 1) and "missing_1" not in drop["script"]


def test_registry_needs_no_target(down):
    down.define("c", {"a": 1})
    down.define("d", {"b": 1}, is_unique=True)
    answer = generate(down, source="registry", mode="create")
    assert counts(answer)[0] == 2 and "a_1" in answer["script"] and "b_1" in answer["script"]
    one = generate(down, source="registry", mode="create", collections=["d"])
    assert counts(one)[0] == 1 and "a_1" not in one["script"]


def test_bare_script(drifting):
    response = drifting.api.raw("POST", PATH, {"database_id": drifting.id}, headers={"Accept": "text/javascript"})
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["X-Request-Id"] and "missing_1" in response.text and not response.text.startswith("{")


def test_errors_of_a_bare_script_are_json(drifting):
    body = {"database_id": drifting.id, "mode": "nothing"}
    drifting.api.post(PATH, body, headers={"Accept": "text/javascript"}).expect_bad_field("mode")


def test_no_credentials(api, start_sandbox):
    password = planted.new_password()
    sandbox = start_sandbox(auth=f"loginname:{password}")
    scene = Scene(api, sandbox, uri=f"mongodb://loginname:{password}@127.0.0.1:{sandbox.port}/?authSource=admin")
    scene.define("c", {"a": 1})
    for source in ("registry", "comparison"):
        script = generate(scene, source=source)["script"]
        assert password not in script and "loginname" not in script and "mongodb://" not in script


@pytest.mark.parametrize("options", [{"mode": "x"}, {"source": "x"}, {"mode": ""}, {"collections": ["a", "a"]}],
                         ids=str)
def test_bad_options(scene, options):
    field, = options
    scene.api.post(PATH, {"database_id": scene.id, **options}).expect_bad_field(field)


def test_comparison_with_a_target_that_is_down(down):
    down.define("c", {"a": 1})
    down.api.post(PATH, {"database_id": down.id}).expect(412)
