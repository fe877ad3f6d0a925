"""Forward, reverse and verify scripts from one look at the target."""

import pytest

from mongosh_shell import Shell

PATH = "/indexes/generate-script"
PARTS = ("forward", "reverse", "verify")


def generate(scene, **more):
    return scene.api.post(PATH, {"database_id": scene.id, **more}).expect(200).data


def bare(scene, **more):
    response = scene.api.raw("POST", PATH, {"database_id": scene.id, **more}, headers={"Accept": "text/javascript"})
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/javascript")
    return response


@pytest.fixture
def drifting(scene):
    scene.define("c", {"missing": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=61)
    scene.define("c", {"new": 1}, "mine")
    scene.db.c.create_index("ttl", expireAfterSeconds=90)
    scene.db.c.create_index("redundant", sparse=True)
    scene.db.c.create_index("old", name="mine")
    return scene


def body(script):
    """Without the head, which holds a title and a time."""
    return script[script.index("const target"):]


def steps(script):
    return script[script.index("// The steps."):]


def test_the_usual_fields_and_three_scripts(drifting):
    plain, pack = generate(drifting), generate(drifting, pack=True)
    assert set(plain) == {"script", "filename", "creates", "drops", "modifies"}
    assert set(pack) == set(plain) | set(PARTS)
    for field in ("filename", "creates", "drops", "modifies"):
        assert pack[field] == plain[field]
    assert body(pack["script"]) == body(plain["script"]) == body(pack["forward"]["script"])
    names = [pack[part]["filename"] for part in PARTS]
    assert len(set(names)) == 3 and all(name.endswith(".js") for name in names) and names[0] == plain["filename"]
    assert generate(drifting, pack=False).keys() == plain.keys()


def test_what_each_of_them_does(drifting):
    pack = generate(drifting, pack=True)
    reverse, verify = steps(pack["reverse"]["script"]), steps(pack["verify"]["script"])
    assert 'create("c"' in reverse and '"redundant_1"' in reverse and '"sparse": true' in reverse
    assert 'drop("c"' in reverse and '"missing_1"' in reverse and "90" in reverse
    assert 'holds("c"' in verify and 'lacks("c"' in verify and "61" in verify
    assert "dropIndexes" not in pack["verify"]["script"] and "createIndexes" not in pack["verify"]["script"]


@pytest.mark.parametrize("mode,inside,outside", [("create", "missing_1", "redundant_1"),
                                                 ("drop", "redundant_1", "missing_1")])
def test_reverse_and_verify_keep_to_the_mode(drifting, mode, inside, outside):
    pack = generate(drifting, pack=True, mode=mode)
    for part in PARTS:
        text = steps(pack[part]["script"])
        assert inside in text and outside not in text, part


@pytest.mark.parametrize("part", PARTS)
def test_the_bare_one(drifting, part):
    pack = generate(drifting, pack=True)
    response = bare(drifting, pack=True, script=part)
    assert body(response.text) == body(pack[part]["script"])
    assert pack[part]["filename"] in response.headers["Content-Disposition"]
    assert body(bare(drifting, script=part).text) == body(pack[part]["script"])


def test_without_a_part_it_is_the_forward_one(drifting):
    assert body(bare(drifting, pack=True).text) == body(bare(drifting).text)


def test_a_pack_needs_the_live_state(drifting, down):
    request = {"database_id": drifting.id, "pack": True, "source": "registry"}
    drifting.api.post(PATH, request).expect_bad_field("source")
    down.define("c", {"a": 1})
    down.api.post(PATH, {"database_id": down.id, "pack": True}).expect(412)


@pytest.mark.parametrize("options", [{"pack": "yes"}, {"script": "backwards"}, {"script": 1}], ids=str)
def test_bad_options(scene, options):
    field, = options
    scene.api.post(PATH, {"database_id": scene.id, **options}).expect_bad_field(field)


def test_there_verified_and_back_again(drifting, tmp_path):
    shell = Shell(tmp_path)

    def run(part):
        return shell.run(drifting.uri, pack[part]["script"])

    before = drifting.live("c")
    pack = generate(drifting, pack=True)
    early = run("verify")
    assert early.returncode != 0 and "missing_1" in early.stdout
    assert run("forward").returncode == 0 and drifting.no_drift()
    assert run("verify").returncode == 0
    assert run("reverse").returncode == 0 and drifting.live("c") == before
