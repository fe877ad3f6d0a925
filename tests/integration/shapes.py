"""What the contract says about the form of answers; asserted on every answer that any test gets."""
import re

import planted

ID = re.compile(r"[0-9a-f]{24}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:00)")
ID_FIELDS = {"id", "database_id", "sync_id"}
TIME_FIELDS = {"created_at", "updated_at", "started_at", "completed_at"}
ERRORS = {400, 401, 403, 404, 409, 412, 413, 415, 429, 500, 503}
SYNC_FIELDS = {"id", "database_id", "database_name", "status", "progress", "error", "collections", "is_finished",
               "started_at", "completed_at", "created_at", "updated_at", "completed_tasks", "total_tasks"}
RECORD_FIELDS = {"collection", "index", "action", "status", "started_at", "completed_at", "progress", "error"}
INDEX_FIELDS = {"id", "database_id", "created_at", "updated_at", "collection", "name", "key_signature", "keys",
                "options", "is_text", "is_default", "has_default_name"}


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def check_envelope(status, headers, body):
    assert headers.get("Content-Type", "").startswith("application/json"), headers
    assert headers.get("X-Request-Id"), "every answer carries the id of its request"
    assert body["status_code"] == status
    assert is_whole(body["error_code"])
    if status < 400:
        assert body["error_code"] == 0 and "data" in body and "error" not in body
        check_fields(body["data"])
        if "extra" in body:
            check_extra(body["extra"])
    else:
        assert status in ERRORS, f"{status} is no status of the contract"
        assert body["error_code"] != 0 and "data" not in body
        check_error(body["error"])
        assert body["request_id"] == headers["X-Request-Id"]


def check_error(error):
    if isinstance(error, dict):
        assert error and all(isinstance(reason, str) and reason for reason in error.values()), error
    else:
        assert isinstance(error, str) and error, error


def check_extra(extra):
    assert {"limit", "page", "total"} <= set(extra)
    assert is_whole(extra["limit"]) and is_whole(extra["page"])
    assert extra["total"] is None or is_whole(extra["total"])


def belongs_to_no_database(item):
    """An entry of the audit log about something else, and an account in the trash."""
    return "outcome" in item or item.get("kind") == "account"


def check_fields(data):
    """Ids and times, at the top of the data and in each item of a list; not inside users' own documents."""
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        for name, value in item.items():
            if name in ID_FIELDS and not (value is None and belongs_to_no_database(item)):
                assert isinstance(value, str) and ID.fullmatch(value), (name, value)
            if name in TIME_FIELDS and value is not None:
                assert TIME.fullmatch(value), (name, value)
        check_fields(item.get("records") or [])


def check_clean(text, tokens_allowed):
    found = [leak for leak in planted.leaks(text) if not (tokens_allowed and leak.startswith(("eyJ", "mim_")))]
    assert not found, f"a secret in an answer: {found}"


def check_sync(sync, with_records=True):
    assert SYNC_FIELDS <= set(sync), SYNC_FIELDS - set(sync)
    assert sync["status"] in {"pending", "running", "completed", "failed", "cancelled"}
    assert 0 <= sync["progress"] <= 100
    assert 0 <= sync["completed_tasks"] <= sync["total_tasks"]
    assert isinstance(sync["collections"], list)
    assert sync["is_finished"] == (sync["status"] in {"completed", "failed", "cancelled"})
    assert bool(sync["completed_at"]) == sync["is_finished"]
    if sync["status"] == "completed":
        assert sync["progress"] == 100 and sync["completed_tasks"] == sync["total_tasks"] and not sync["error"]
    if sync["status"] == "failed":
        assert sync["error"], "a failed sync says why"
    if with_records:
        for record in sync["records"]:
            check_record(record)
    else:
        assert "records" not in sync


def check_record(record):
    assert RECORD_FIELDS <= set(record), RECORD_FIELDS - set(record)
    assert 0 <= record["progress"] <= 100
    if record["status"] == "completed":
        assert record["error"] is None and record["progress"] == 100
        assert record["started_at"] <= record["completed_at"]
    if record["status"] == "failed":
        assert is_whole(record["error"]["code"]) and record["error"]["name"] and record["error"]["message"]


def check_index(item):
    assert INDEX_FIELDS <= set(item), INDEX_FIELDS - set(item)
    assert item["key_signature"] and isinstance(item["key_signature"], str)
    assert isinstance(item["is_text"], bool) and item["is_default"] is (item["name"] == "_id_")
    assert isinstance(item["has_default_name"], bool)
    assert all(set(key) >= {"field", "value"} for key in item["keys"])
    assert isinstance(item["options"], dict)
