// GET /indexes/:id as one would write it with Fastify: the same token verified, the same SQLite row read.
// Arguments: SQLite file, public key, issuer, audience. Prints the port.
import {readFileSync} from 'node:fs';
import Database from 'better-sqlite3';
import fastifyJwt from '@fastify/jwt';
import Fastify from 'fastify';

const [file, publicKey, issuer, audience] = process.argv.slice(2);
const database = new Database(file, {readonly: true});
const select = database.prepare('SELECT * FROM definitions WHERE id = ?');
const app = Fastify({logger: false});
// The verifier's own cache is on, as mim's is.
await app.register(fastifyJwt, {
    secret: {public: readFileSync(publicKey, 'utf8')},
    verify: {algorithms: ['RS256'], allowedIss: issuer, allowedAud: audience, cache: true},
});
app.addHook('onRequest', (request) => request.jwtVerify());
app.get('/api/v1/indexes/:id', (request, reply) => {
    const row = select.get(request.params.id);
    if (!row) return reply.code(404).send({status_code: 404, error_code: 4040, error: 'Resource not found'});
    const data = {};
    for (const [name, value] of Object.entries(row)) data[name] = Buffer.isBuffer(value) ? value.toString('base64') : value;
    return {status_code: 200, error_code: 0, data};
});
await app.listen({host: '127.0.0.1', port: 0});
console.log(`listening on ${app.server.address().port}`);
