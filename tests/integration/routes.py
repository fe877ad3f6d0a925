"""Every route of the contract below the base path, with the fields of its body."""
from scene import MISSING_ID

ID = MISSING_ID
PUBLIC = [("POST", "/auth/register"), ("POST", "/auth/login"), ("POST", "/auth/password-reset")]
PROTECTED = [
    ("POST", "/auth/refresh-token"), ("GET", "/auth/profile"), ("PUT", "/auth/profile"), ("POST", "/auth/logout"),
    ("PUT", "/auth/password"),
    ("POST", "/users/list"), ("PUT", f"/users/{ID}/role"), ("PUT", f"/users/{ID}/status"),
    ("PUT", f"/users/{ID}/email"), ("POST", f"/users/{ID}/password-reset"), ("DELETE", f"/users/{ID}"),
    ("POST", "/invites"), ("GET", "/invites"), ("DELETE", f"/invites/{ID}"),
    ("POST", "/api-keys"), ("GET", "/api-keys"), ("DELETE", f"/api-keys/{ID}"),
    ("POST", "/audit/list"), ("GET", "/audit/export"),
    ("POST", "/databases"), ("GET", f"/databases/{ID}"), ("POST", "/databases/list"), ("PUT", f"/databases/{ID}"),
    ("DELETE", f"/databases/{ID}"), ("POST", f"/databases/{ID}/test"),
    ("POST", "/databases/collections/list"), ("POST", "/databases/collections"), ("PUT", "/databases/collections"),
    ("DELETE", "/databases/collections"),
    ("POST", "/indexes"), ("GET", f"/indexes/{ID}"), ("PUT", f"/indexes/{ID}"), ("DELETE", f"/indexes/{ID}"),
    ("POST", "/indexes/list-by-collection"), ("POST", "/indexes/compare-by-collections"),
    ("POST", "/indexes/compare-by-database"), ("POST", "/indexes/plan"), ("POST", "/indexes/sync-by-collections"),
    ("POST", "/indexes/sync-by-database"), ("POST", "/indexes/sync-from-database"),
    ("GET", f"/indexes/sync-status/{ID}"), ("GET", f"/indexes/sync-status/by-database/{ID}"),
    ("GET", f"/indexes/sync-status/{ID}/events"), ("POST", f"/indexes/sync-status/{ID}/cancel"),
    ("POST", f"/indexes/sync-status/{ID}/retry"), ("POST", f"/indexes/sync-status/{ID}/restore"),
    ("POST", "/indexes/generate-script"),
    ("POST", "/trash/list"), ("POST", f"/trash/{ID}/restore"), ("DELETE", f"/trash/{ID}"),
    ("GET", "/queue/dead-letters"), ("DELETE", "/queue/dead-letters"), ("DELETE", f"/queue/dead-letters/{ID}"),
    ("POST", f"/queue/dead-letters/{ID}/retry"),
]
ALL = PUBLIC + PROTECTED
# Who may use what, beside what everybody may: editors and administrators these …
WRITING = {
    ("POST", "/databases"), ("PUT", f"/databases/{ID}"), ("DELETE", f"/databases/{ID}"),
    ("POST", "/databases/collections"), ("PUT", "/databases/collections"), ("DELETE", "/databases/collections"),
    ("POST", "/indexes"), ("PUT", f"/indexes/{ID}"), ("DELETE", f"/indexes/{ID}"),
    ("POST", "/indexes/sync-by-collections"), ("POST", "/indexes/sync-by-database"),
    ("POST", "/indexes/sync-from-database"), ("POST", f"/indexes/sync-status/{ID}/cancel"),
    ("POST", f"/indexes/sync-status/{ID}/retry"), ("POST", f"/indexes/sync-status/{ID}/restore"),
    ("DELETE", "/queue/dead-letters"), ("DELETE", f"/queue/dead-letters/{ID}"),
    ("POST", f"/queue/dead-letters/{ID}/retry"), ("POST", f"/trash/{ID}/restore"),
}
# … and administrators alone these.
ADMINISTERING = {
    ("POST", "/users/list"), ("PUT", f"/users/{ID}/role"), ("PUT", f"/users/{ID}/status"),
    ("PUT", f"/users/{ID}/email"), ("POST", f"/users/{ID}/password-reset"), ("DELETE", f"/users/{ID}"),
    ("POST", "/invites"), ("GET", "/invites"), ("DELETE", f"/invites/{ID}"),
    ("POST", "/audit/list"), ("GET", "/audit/export"), ("DELETE", f"/trash/{ID}"),
}

KEYS = [{"field": "a", "value": 1}]
SYNC_OPTIONS = {"option_missing": 1, "option_extra": 1, "option_changed": 1, "drop_mode": "drop", "drop_unmanageable": False,
                "on_failure": "hold"}

# Valid bodies, which tests spoil one field at a time. DATABASE_ID is put in by the test.
DATABASE_ID = object()
BODIES = {
    ("POST", "/auth/register"): {"username": "nobody", "email": "nobody@example.org", "password": "long enough",
                                 "invite": "i"},
    ("POST", "/auth/login"): {"identity": "nobody", "password": "long enough"},
    ("PUT", "/auth/profile"): {"first_name": "A", "last_name": "B", "avatar": "C"},
    ("PUT", "/auth/password"): {"current_password": "long enough", "new_password": "longer enough"},
    ("POST", "/auth/password-reset"): {"token": "t", "new_password": "longer enough"},
    ("POST", "/users/list"): {"query": "x", "page": 1, "limit": 1},
    ("PUT", f"/users/{ID}/role"): {"role": "viewer"},
    ("PUT", f"/users/{ID}/status"): {"disabled": True},
    ("PUT", f"/users/{ID}/email"): {"email": "nobody@example.org"},
    ("DELETE", f"/users/{ID}"): {"confirm": "nobody"},
    ("POST", "/invites"): {"role": "viewer", "email": "nobody@example.org", "expires_in_seconds": 60},
    ("POST", "/api-keys"): {"name": "n", "scope": "read", "expires_in_seconds": 60},
    ("POST", "/databases"): {"name": "n", "description": "d", "uri": "mongodb://127.0.0.1/", "db_name": "d",
                             "protected": False, "show_duplicates": False,
                             "is_test_connection": False, "is_sync_index": False},
    ("POST", "/databases/list"): {"query": "x", "page": 1, "limit": 1},
    ("PUT", f"/databases/{ID}"): {"name": "n", "description": "d", "uri": "mongodb://127.0.0.1/", "db_name": "d",
                                  "protected": False, "show_duplicates": False,
                                  "is_test_connection": False},
    ("DELETE", f"/databases/{ID}"): {"confirm": "n"},
    ("POST", "/trash/list"): {"page": 1, "limit": 1},
    ("POST", "/databases/collections/list"): {"database_id": DATABASE_ID, "query": "x", "page": 1, "limit": 1,
                                              "include_live": False},
    ("POST", "/databases/collections"): {"database_id": DATABASE_ID, "collection": "c"},
    ("PUT", "/databases/collections"): {"database_id": DATABASE_ID, "collection": "c", "new_collection": "e"},
    ("DELETE", "/databases/collections"): {"database_id": DATABASE_ID, "collection": "c", "confirm": "c"},
    ("POST", "/indexes"): {"database_id": DATABASE_ID, "collection": "c", "name": "n", "keys": KEYS, "options": {}},
    ("PUT", f"/indexes/{ID}"): {"name": "n", "keys": KEYS, "options": {}},
    ("POST", "/indexes/list-by-collection"): {"database_id": DATABASE_ID, "collection": "c", "query": "x",
                                              "page": 1, "limit": 1},
    ("POST", "/indexes/compare-by-collections"): {"database_id": DATABASE_ID, "collections": ["c"],
                                                  "strict_names": False},
    ("POST", "/indexes/compare-by-database"): {"database_id": DATABASE_ID, "include_unmanaged": False},
    ("POST", "/indexes/plan"): {"database_id": DATABASE_ID, "collections": ["c"], **SYNC_OPTIONS},
    ("POST", "/indexes/sync-by-collections"): {"database_id": DATABASE_ID, "collections": ["c"],
                                               "fingerprint": "f", **SYNC_OPTIONS},
    ("POST", "/indexes/sync-by-database"): {"database_id": DATABASE_ID, "fingerprint": "f", **SYNC_OPTIONS},
    ("POST", "/indexes/sync-from-database"): {"database_id": DATABASE_ID, "on_conflict": "skip"},
    ("POST", "/indexes/generate-script"): {"database_id": DATABASE_ID, "collections": ["c"], "mode": "both",
                                           "source": "registry", "pack": False, "script": "forward"},
    ("POST", f"/indexes/sync-status/{ID}/restore"): {"collection": "c", "index": "i"},
    ("POST", f"/indexes/sync-status/{ID}/retry"): {"fingerprint": "f"},
    ("POST", f"/queue/dead-letters/{ID}/retry"): {"fingerprint": "f"},
}
def body_of(route, database_id):
    return {name: database_id if value is DATABASE_ID else value for name, value in BODIES[route].items()}
