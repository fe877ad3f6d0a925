// Where every connection of a client begins: its members' names are looked up, every address is judged by the
// target policy, and what may be connected to becomes a guarded stream.
#pragma once

#include <mongoc/mongoc.h>

#include "drivers/mongoc/conversation.hpp"

namespace mim::drivers::mongoc {

// All of the client's connections from now on; the conversation must outlive the client.
void guard_streams(mongoc_client_t* client, Conversation& conversation);

}  // namespace mim::drivers::mongoc
