// One command of one client.
#pragma once

#include <memory>
#include <string>

#include "bson/document.hpp"
#include "index/definition/server_version.hpp"
#include "sandbox/scram.hpp"

namespace mim::sandbox {

// What the sandbox knows of a connection. Used on the sandbox's thread only.
struct Client {
    std::int64_t id = 0;
    std::string address;   // "127.0.0.1:50123"
    std::string app_name;  // from the handshake's client metadata
    bool authenticated = false;
    std::optional<ScramConversation> conversation;
};

enum class Handshake { modern, legacy };  // legacy: it came as OP_QUERY

struct Request {
    std::string command;  // the first field's name, as the client wrote it
    std::string database;
    bson::Document body;
    std::shared_ptr<Client> client;
    Handshake handshake = Handshake::modern;
    index::ServerVersion version;  // of the server that it came to
    std::int64_t operation_id = 0;
};

}  // namespace mim::sandbox
