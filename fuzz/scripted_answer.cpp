// What a scripted server says. A script that holds nothing but zeros is an honest server's.
#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <bson/bson.h>

#include "drivers/mongoc/wire_judge.hpp"
#include "scripted_server.hpp"

namespace mim::fuzz {
namespace {

using drivers::mongoc::Request;
using Bytes = std::vector<std::uint8_t>;

constexpr std::int32_t op_reply = 1, op_compressed = 2012, op_message = 2013;

struct Document {
    bson_t raw = BSON_INITIALIZER;
    Document() = default;
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;
    ~Document() { bson_destroy(&raw); }
    [[nodiscard]] Bytes bytes() const { return {bson_get_data(&raw), bson_get_data(&raw) + raw.len}; }
};

// The words that a driver looks for; values that it does not expect come under these.
constexpr std::array field_names{"ok",
                                 "errmsg",
                                 "code",
                                 "codeName",
                                 "cursor",
                                 "id",
                                 "ns",
                                 "firstBatch",
                                 "nextBatch",
                                 "ismaster",
                                 "isWritablePrimary",
                                 "secondary",
                                 "hosts",
                                 "passives",
                                 "arbiters",
                                 "setName",
                                 "setVersion",
                                 "electionId",
                                 "me",
                                 "primary",
                                 "msg",
                                 "maxBsonObjectSize",
                                 "maxMessageSizeBytes",
                                 "maxWriteBatchSize",
                                 "minWireVersion",
                                 "maxWireVersion",
                                 "logicalSessionTimeoutMinutes",
                                 "saslSupportedMechs",
                                 "speculativeAuthenticate",
                                 "payload",
                                 "conversationId",
                                 "done",
                                 "compression",
                                 "topologyVersion",
                                 "processId",
                                 "counter",
                                 "lastWrite",
                                 "lastWriteDate",
                                 "$clusterTime",
                                 "operationTime",
                                 "errorLabels",
                                 "writeErrors",
                                 "writeConcernError",
                                 "key",
                                 "name",
                                 "v",
                                 "unique",
                                 "collation",
                                 "partialFilterExpression",
                                 "expireAfterSeconds",
                                 "options",
                                 "type",
                                 "spec",
                                 "serviceId",
                                 "tags",
                                 "version",
                                 "authInfo"};

std::string text_of(Script& script) {
    const auto bytes = script.next_bytes(script.next(24));
    return {bytes.begin(), bytes.end()};
}

void add_any(bson_t& to, Script& script, int levels);

void add_nested(bson_t& to, const char* key, int levels) {
    Document inner;
    for (int level = 0; level < levels; ++level) {
        Document outer;
        bson_append_document(&outer.raw, "n", 1, &inner.raw);
        bson_destroy(&inner.raw);
        bson_copy_to(&outer.raw, &inner.raw);
    }
    bson_append_document(&to, key, -1, &inner.raw);
}

void add_value(bson_t& to, const char* key, Script& script, int levels) {
    const std::string text = text_of(script);
    Document inner;
    switch (script.next(12)) {
        case 0:
            bson_append_int32(&to, key, -1, static_cast<std::int8_t>(script.next()));
            return;
        case 1:
            bson_append_int32(&to, key, -1, (script.next() << 24) | script.next());
            return;
        case 2:
            bson_append_int64(&to, key, -1, static_cast<std::int64_t>(script.next()) << 56);
            return;
        case 3:
            bson_append_double(&to, key, -1, script.next() - 1.0);
            return;
        case 4:
            bson_append_bool(&to, key, -1, (script.next() & 1) != 0);
            return;
        case 5:
            bson_append_null(&to, key, -1);
            return;
        case 6:
            bson_append_binary(&to, key, -1, BSON_SUBTYPE_BINARY,
                               reinterpret_cast<const std::uint8_t*>(text.data()),
                               static_cast<std::uint32_t>(text.size()));
            return;
        case 7:
            for (int left = script.next(4); left > 0 && levels > 0; --left)
                add_any(inner.raw, script, levels - 1);
            bson_append_document(&to, key, -1, &inner.raw);
            return;
        case 8:
            for (int left = script.next(4); left > 0 && levels > 0; --left)
                add_any(inner.raw, script, levels - 1);
            bson_append_array(&to, key, -1, &inner.raw);
            return;
        case 9:
            add_nested(to, key, script.next());
            return;
        default:
            bson_append_utf8(&to, key, -1, text.data(), static_cast<int>(text.size()));
            return;
    }
}

void add_any(bson_t& to, Script& script, int levels) {
    add_value(to, field_names[script.next(field_names.size())], script, levels);
}

void add_honest_greeting(bson_t& to, const std::string& address, Script& script) {
    BSON_APPEND_BOOL(&to, "ismaster", true);
    BSON_APPEND_INT32(&to, "maxBsonObjectSize", 16'777'216);
    BSON_APPEND_INT32(&to, "maxMessageSizeBytes", 48'000'000);
    BSON_APPEND_INT32(&to, "maxWriteBatchSize", 100'000);
    BSON_APPEND_INT32(&to, "minWireVersion", 0);
    BSON_APPEND_INT32(&to, "maxWireVersion", 13);
    BSON_APPEND_INT32(&to, "logicalSessionTimeoutMinutes", 30);
    const auto kind = script.next(4);
    if (kind == 1) BSON_APPEND_UTF8(&to, "msg", "isdbgrid");
    if (kind < 2) return;
    Document hosts;
    BSON_APPEND_UTF8(&hosts.raw, "0", address.c_str());
    if (kind == 3) BSON_APPEND_UTF8(&hosts.raw, "1", "127.0.0.1:1");
    BSON_APPEND_ARRAY(&to, "hosts", &hosts.raw);
    BSON_APPEND_UTF8(&to, "me", address.c_str());
    BSON_APPEND_UTF8(&to, "primary", address.c_str());
    BSON_APPEND_UTF8(&to, "setName", "rs");
    BSON_APPEND_INT32(&to, "setVersion", 1);
}

void add_cursor(bson_t& to, const char* batch, const bson_t* documents, std::int64_t id) {
    Document cursor;
    BSON_APPEND_INT64(&cursor.raw, "id", id);
    BSON_APPEND_UTF8(&cursor.raw, "ns", "shop.c");
    BSON_APPEND_ARRAY(&cursor.raw, batch, documents);
    BSON_APPEND_DOCUMENT(&to, "cursor", &cursor.raw);
}

void add_batch(bson_t& to, std::string_view command, Script& script) {
    Document listed, all, key;
    if (command == "listCollections") {
        BSON_APPEND_UTF8(&listed.raw, "name", "c");
        BSON_APPEND_UTF8(&listed.raw, "type", "collection");
        BSON_APPEND_DOCUMENT(&listed.raw, "options", &key.raw);
    } else if (command == "listIndexes" || command == "getMore") {
        BSON_APPEND_INT32(&key.raw, "a", 1);
        BSON_APPEND_INT32(&listed.raw, "v", 2);
        BSON_APPEND_DOCUMENT(&listed.raw, "key", &key.raw);
        BSON_APPEND_UTF8(&listed.raw, "name", "a_1");
    }
    for (int left = script.next(4); left > 0; --left) add_any(listed.raw, script, 3);
    if (!bson_empty(&listed.raw)) BSON_APPEND_DOCUMENT(&all.raw, "0", &listed.raw);
    const bool more = command == "getMore";
    add_cursor(to, more ? "nextBatch" : "firstBatch", &all.raw, script.next(4) == 3 ? 7 : 0);
}

// The first word of a SCRAM conversation: the caller's nonce goes on in ours.
void add_challenge(bson_t& to, std::string_view request, Script& script) {
    const auto start = request.find("r=");
    std::string nonce;
    for (auto at = start; start != std::string_view::npos && at < request.size() && request[at] > ' '; ++at)
        nonce += request[at];
    const char* const rounds[] = {"4096", "15000", "1", "0", "-1", "2000000000", "99999999999999999999", ""};
    const std::string said =
        nonce + "srv,s=QSXCR+Q6sek8bf92QSXCR+Q6sek8bf92,i=" + rounds[script.next(std::size(rounds))] +
        text_of(script);
    BSON_APPEND_INT32(&to, "conversationId", 1);
    BSON_APPEND_BOOL(&to, "done", script.next(3) == 1);
    BSON_APPEND_BINARY(&to, "payload", BSON_SUBTYPE_BINARY,
                       reinterpret_cast<const std::uint8_t*>(said.data()),
                       static_cast<std::uint32_t>(said.size()));
}

// `PLAIN` needs no more than this.
void add_welcome(bson_t& to) {
    BSON_APPEND_INT32(&to, "conversationId", 1);
    BSON_APPEND_BOOL(&to, "done", true);
    BSON_APPEND_BINARY(&to, "payload", BSON_SUBTYPE_BINARY, reinterpret_cast<const std::uint8_t*>(""), 0);
}

std::string_view name_of(std::string_view request) {
    for (const std::string_view name : {"ismaster", "isMaster", "hello", "saslStart", "saslContinue",
                                        "listCollections", "listIndexes", "getMore", "aggregate"}) {
        if (request.substr(0, 256).find(name) != std::string_view::npos) return name;
    }
    return "";
}

void add_honest(bson_t& to, std::string_view request, const std::string& address, Script& script) {
    const std::string_view name = name_of(request);
    if (name == "ismaster" || name == "isMaster" || name == "hello") {
        add_honest_greeting(to, address, script);
        if (request.find("speculativeAuthenticate") != std::string_view::npos && script.next(2) == 0) {
            Document early;
            add_challenge(early.raw, request, script);
            BSON_APPEND_DOCUMENT(&to, "speculativeAuthenticate", &early.raw);
        }
    } else if (name == "saslStart" && request.find("PLAIN") == std::string_view::npos) {
        add_challenge(to, request, script);
    } else if (name == "saslStart" || name == "saslContinue") {
        add_welcome(to);
    } else if (!name.empty()) {
        add_batch(to, name, script);
    } else {
        BSON_APPEND_UTF8(&to, "version", "5.0.0");
    }
    BSON_APPEND_DOUBLE(&to, "ok", 1.0);
}

Bytes framed(const Request& request, Bytes document, std::int32_t operation = 0) {
    Bytes out(16);
    const bool query = request.form == Request::Form::query;
    if (operation == 0) operation = query ? op_reply : op_message;
    if (query) {
        out.resize(out.size() + 20);
        out[16] = 8;  // awaits are understood
        out[32] = 1;  // one document
    } else {
        out.resize(out.size() + 5);
    }
    out.insert(out.end(), document.begin(), document.end());
    const std::int32_t header[] = {static_cast<std::int32_t>(out.size()), 1, request.id, operation};
    std::memcpy(out.data(), header, sizeof header);
    return out;
}

void spoil(Bytes& bytes, Script& script) {
    for (int left = script.next(4) + 1; left > 0 && !bytes.empty(); --left) {
        const std::size_t at = (static_cast<std::size_t>(script.next()) << 8U | script.next()) % bytes.size();
        bytes[at] = script.next();
    }
}

}  // namespace

Bytes scripted_answer(std::span<const std::uint8_t> bytes, const std::string& address, Script& script) {
    const auto request = drivers::mongoc::request_in(bytes);
    if (!request || script.ended()) return {};
    const std::string_view asked(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    Document answer;
    const auto trick = script.next(10);
    if (trick == 5) {
        for (int left = script.next(8); left > 0; --left) add_any(answer.raw, script, 3);
        return framed(*request, answer.bytes());
    }
    if (trick == 6)
        for (int left = script.next(4); left > 0; --left) add_any(answer.raw, script, 3);
    add_honest(answer.raw, asked, address, script);
    Bytes honest = framed(*request, answer.bytes());
    switch (trick) {
        case 3:
            for (int left = script.next(4); left > 0; --left) add_any(answer.raw, script, 3);
            return framed(*request, answer.bytes());
        case 4:
            spoil(honest, script);
            return honest;
        case 7:
            return framed(*request, script.next_bytes(script.next()),
                          script.next(2) == 0 ? 0 : op_compressed);
        case 8:
            honest.resize(std::min<std::size_t>(honest.size(), script.next()));
            return honest;
        case 9:
            return script.next_bytes(script.next());
        default:
            return honest;
    }
}

}  // namespace mim::fuzz
