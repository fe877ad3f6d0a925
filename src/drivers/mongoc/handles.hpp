// Every C handle of libmongoc that this room owns, and how it ends.
#pragma once

#include <cstddef>
#include <memory>

#include <mongoc/mongoc.h>

namespace mim::drivers::mongoc {

template <auto Destroy>
struct Deleter {
    template <class Handle>
    void operator()(Handle* handle) const {
        Destroy(handle);
    }
};

using UriHandle = std::unique_ptr<mongoc_uri_t, Deleter<mongoc_uri_destroy>>;
using ClientHandle = std::unique_ptr<mongoc_client_t, Deleter<mongoc_client_destroy>>;
using ReadPreferenceHandle = std::unique_ptr<mongoc_read_prefs_t, Deleter<mongoc_read_prefs_destroy>>;
using ServerHandle = std::unique_ptr<mongoc_server_description_t, Deleter<mongoc_server_description_destroy>>;
using ReadConcernHandle = std::unique_ptr<mongoc_read_concern_t, Deleter<mongoc_read_concern_destroy>>;
using WriteConcernHandle = std::unique_ptr<mongoc_write_concern_t, Deleter<mongoc_write_concern_destroy>>;
// Ends before its client; that of an open transaction tells the server to abort it.
using SessionHandle = std::unique_ptr<mongoc_client_session_t, Deleter<mongoc_client_session_destroy>>;
using SessionOptionsHandle = std::unique_ptr<mongoc_session_opt_t, Deleter<mongoc_session_opts_destroy>>;
using TransactionOptionsHandle =
    std::unique_ptr<mongoc_transaction_opt_t, Deleter<mongoc_transaction_opts_destroy>>;

struct ServerList {
    std::size_t count = 0;  // before `items`, whose making fills it
    mongoc_server_description_t** items;
    explicit ServerList(const mongoc_client_t* client)
        : items(mongoc_client_get_server_descriptions(client, &count)) {}
    ~ServerList() { mongoc_server_descriptions_destroy_all(items, count); }
    ServerList(const ServerList&) = delete;
    ServerList& operator=(const ServerList&) = delete;
};

// What libmongoc writes for us; we always destroy it.
struct Written {
    bson_t raw = BSON_INITIALIZER;
    Written() = default;
    ~Written() { bson_destroy(&raw); }
    Written(const Written&) = delete;
    Written& operator=(const Written&) = delete;
};
using Reply = Written;  // the out-parameter of a command, which libmongoc always initialises
using Options = Written;

}  // namespace mim::drivers::mongoc
