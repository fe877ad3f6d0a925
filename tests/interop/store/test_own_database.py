"""The database that the service keeps its registry in is never a target, by whatever way it is reached."""
from client import Api
from scene import unique
from wire_tap import Tap


def test_a_tunnel_leads_to_no_registry(mongod_set, serve):
    name = unique("registry")
    server = serve(mongod_set.uri_of(name))
    api = Api(server.address).sign_up(unique("user"))
    tunnel = Tap("127.0.0.1", mongod_set.members[0].port)
    try:
        own = api.post("/databases/", {"name": unique("own"), "uri": tunnel.uri, "db_name": name}).expect(201).data
        answer = api.post("/indexes/compare-by-database", {"database_id": own["id"], "include_unmanaged": True}).expect(412)
        assert "where mim keeps its own registry" in answer.text
        tested = api.post(f"/databases/{own['id']}/test").expect(412)
        assert "where mim keeps its own registry" in tested.text
        asked_first = {"name": unique("own"), "uri": tunnel.uri, "db_name": name, "is_test_connection": True}
        assert "where mim keeps its own registry" in api.post("/databases/", asked_first).expect(412).text
        neighbour = api.post("/databases/", {"name": unique("other"), "uri": tunnel.uri, "db_name": name + "_x"}).expect(201).data
        api.post("/indexes/compare-by-database", {"database_id": neighbour["id"], "include_unmanaged": True}).expect(200)
        told = {collection for command in tunnel.commands for collection in [str(command.get("$db"))]}
        assert name not in told, "no command for the registry went through the tunnel"
        assert api.post(f"/databases/{neighbour['id']}/test").expect(200).data["ok"] is True
    finally:
        tunnel.close()
