// Runs once, when MongoDB's data folder is new: the user that mim's store needs, and no more.
db.getSiblingDB("db_manager").createUser({
    user: "manager",
    pwd: process.env.DEPLOY_STORE_PASSWORD,
    roles: [{ role: "readWrite", db: "db_manager" }],
});
