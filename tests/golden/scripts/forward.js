// everything in order
// Database: shop
// Run it with: mongosh URI --file FILE (the URI and its credentials are yours; none are in here)
// It may be run again: what is done already is left alone. It stops at the first failure, with a non-zero exit code.
"use strict";

const target = db.getSiblingDB("shop");

const collationDefaults = {
    caseLevel: false, caseFirst: "off", strength: 3, numericOrdering: false, alternate: "non-ignorable",
    maxVariable: "punct", normalization: false, backwards: false,
};
// What MongoDB fills in otherwise, in the locales that occur here.
const localeDefaults = {};

// One text for one index, whatever the order of its options and the types of its numbers.
function plain(spec) {
    const index = JSON.parse(EJSON.stringify(spec, {relaxed: true}));
    const added = ["v", "ns", "background", "textIndexVersion", "2dsphereIndexVersion", "dropDups", "originalSpec"];
    for (const name of added) delete index[name];
    for (const name of ["unique", "hidden", "sparse", "clustered", "prepareUnique"]) {
        if (index[name]) index[name] = true;
        else delete index[name];
    }
    if (index.collation && index.collation.locale === "simple") delete index.collation;
    if (index.collation) { // some servers list all its members, some only what they were given
        const own = localeDefaults[index.collation.locale];
        index.collation = {...collationDefaults, ...own, ...index.collation};
        delete index.collation.version;
    }
    index.key = Object.entries(index.key);
    return JSON.stringify(index, sorted);
}

function sorted(name, value) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort());
}

function find(collection, name) {
    let listed = [];
    try {
        listed = target.runCommand({listIndexes: collection}).cursor.firstBatch;
    } catch (error) {
        if (error.code !== 26) throw error; // 26: no such collection, so no index either
    }
    for (const index of listed) {
        if (index.name === name) return index;
    }
    return null;
}

function run(command) {
    const reply = target.runCommand(command); // throws when MongoDB refuses
    if (reply.writeConcernError) throw new Error(reply.writeConcernError.errmsg);
    return reply;
}

// `previous` is built again when `spec` is refused.
function create(collection, spec, previous) {
    print("create " + collection + "." + spec.name);
    try {
        const reply = run({createIndexes: collection, indexes: [spec]});
        print(reply.note ? "  already there" : "  done");
    } catch (error) {
        print("  refused: " + error.message);
        if (previous) restore(collection, previous);
        throw error;
    }
}

function restore(collection, spec) {
    try {
        run({createIndexes: collection, indexes: [spec]});
        print("  the index before it is built again");
    } catch (error) {
        print("  the index before it could not be built again: " + error.message);
    }
}

// Only the index that was `seen`: another one that has taken its name is left alone.
function drop(collection, seen) {
    print("drop " + collection + "." + seen.name);
    const live = find(collection, seen.name);
    if (!live) return print("  already gone");
    if (plain(live) !== plain(seen)) return print("  another index has this name now: left alone");
    try {
        run({dropIndexes: collection, index: seen.name});
        print("  done");
    } catch (error) {
        if (error.code !== 26 && error.code !== 27) throw error;
        print("  already gone");
    }
}

function modify(collection, changes, wanted) {
    print("modify " + collection + "." + wanted.name);
    const live = find(collection, wanted.name);
    if (live && plain(live) === plain(wanted)) return print("  already so");
    if (live && plain({key: live.key}) !== plain({key: wanted.key})) {
        throw new Error(collection + "." + wanted.name + " has another key now");
    }
    for (const change of changes) run({collMod: collection, index: change});
    print("  done");
}

// The steps.
// differs from its definition in expireAfterSeconds: 3600 → 7200; changed in place
modify("orders", [{"name": "at_1", "expireAfterSeconds": 7200}], {key: new Map([["at", 1]]), name: "at_1", "v": 2, "expireAfterSeconds": 7200});
// in the registry, not in the database
create("orders", {key: new Map([["new", 1]]), name: "new_1"});
// differs from its definition in sparse: false → true; MongoDB cannot change that in place, so it is dropped and built again
drop("orders", {key: new Map([["r", 1]]), name: "r_1", "v": 2});
// differs from its definition in sparse: false → true; MongoDB cannot change that in place, so it is dropped and built again
create("orders", {key: new Map([["r", 1]]), name: "r_1", "sparse": true}, {key: new Map([["r", 1]]), name: "r_1"});
// in the database, not in the registry
drop("orders", {key: new Map([["gone", 1]]), name: "gone_1", "v": 2});
print("finished");
