// everything in order
// Database: shop
// Run it with: mongosh URI --file FILE (the URI and its credentials are yours; none are in here)
// It changes nothing. It prints every difference, and ends with a non-zero exit code when there is one.
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

const differences = [];

function holds(collection, wanted) {
    const live = find(collection, wanted.name);
    if (!live) differences.push(collection + "." + wanted.name + " is not there");
    else if (plain(live) !== plain(wanted)) {
        differences.push(collection + "." + wanted.name + " is " + plain(live) + ", not " + plain(wanted));
    }
}

function lacks(collection, seen) {
    const live = find(collection, seen.name);
    if (live && plain(live) === plain(seen)) differences.push(collection + "." + seen.name + " is still there");
}

function conclude() {
    for (const difference of differences) print(difference);
    if (differences.length > 0) throw new Error("the database differs in " + differences.length + " indexes");
    print("verified");
}

// The steps.
holds("orders", {key: new Map([["at", 1]]), name: "at_1", "v": 2, "expireAfterSeconds": 7200});
holds("orders", {key: new Map([["new", 1]]), name: "new_1", "v": 2});
lacks("orders", {key: new Map([["r", 1]]), name: "r_1", "v": 2});
holds("orders", {key: new Map([["r", 1]]), name: "r_1", "v": 2, "sparse": true});
lacks("orders", {key: new Map([["gone", 1]]), name: "gone_1", "v": 2});
conclude();
