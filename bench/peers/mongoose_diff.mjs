// The same question asked of Mongoose: diffIndexes of one model after the other.
// Arguments: URI with the database, file with the desired specs.
import {readFileSync} from 'node:fs';
import mongoose from 'mongoose';

const [uri, path] = process.argv.slice(2);
const desired = JSON.parse(readFileSync(path, 'utf8'));
const connection = await mongoose.createConnection(uri, {autoIndex: false, autoCreate: false}).asPromise();
const models = Object.entries(desired).map(([collection, specs]) => {
    const schema = new mongoose.Schema({}, {strict: false, collection});
    for (const {key, ...options} of specs) schema.index(key, options);
    return connection.model(collection, schema);
});
const started = performance.now();
let differences = 0;
for (const model of models) {
    const {toDrop, toCreate} = await model.diffIndexes();
    differences += toDrop.length + toCreate.length;
}
console.log(JSON.stringify({seconds: (performance.now() - started) / 1000, differences}));
await connection.close();
