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

struct ServerList {
    std::size_t count = 0;  // before `items`, whose making fills it
    mongoc_server_description_t** items;
    explicit ServerList(const mongoc_client_t* client)
        : items(mongoc_client_get_server_descriptions(client, &count)) {}
    ~ServerList() { mongoc_server_descriptions_destroy_all(items, count); }
    ServerList(const ServerList&) = delete;
    ServerList& operator=(const ServerList&) = delete;
};

// The out-parameter of a command: libmongoc always initialises it, we always destroy it.
struct Reply {
    bson_t raw = BSON_INITIALIZER;
    Reply() = default;
    ~Reply() { bson_destroy(&raw); }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;
};

}  // namespace mim::drivers::mongoc
