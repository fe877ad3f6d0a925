// Checks the health of MongoDB: the first time it makes a replica set of one member, and ever after asks whether that takes
// writes. The data of a server that was no replica set stay.
const admin = db.getSiblingDB("admin");
admin.auth(process.env.MONGO_INITDB_ROOT_USERNAME, process.env.MONGO_INITDB_ROOT_PASSWORD);
if (admin.hello().isreplicaset) {
    admin.runCommand({ replSetInitiate: { _id: "rs", members: [{ _id: 0, host: "mongodb:27017" }] } });
}
const now = admin.hello();
quit(now.setName === "rs" && now.isWritablePrimary ? 0 : 1);
