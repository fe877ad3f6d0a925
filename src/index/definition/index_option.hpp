// Every option that an index can have, each described once: what MongoDB and the contract call it, what it
// holds, how it is stored, listed, compared and altered. Whoever treats options differently reads it here;
// what one option asks for beyond that is a rule of its own in rules/. Sources: mongo
// src/mongo/db/list_indexes.idl (names, order and types of a listing),
// src/mongo/db/index/index_descriptor.cpp (identity), src/mongo/db/coll_mod.idl (what is altered in place);
// docs/mongodb-index-semantics.md, sections 1 to 6. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "index/definition/key_type.hpp"
#include "index/definition/server_version.hpp"

namespace mim::index {

// What an option holds.
enum class OptionKind {
    flag,           // true, false or a number; listed as true or false
    strict_flag,    // true or false alone
    unjudged_flag,  // anything; listed as true or false
    whole,          // a number; listed without its fraction, as an int32
    index_version,  // the same; the server sees no difference between the usual one and none
    fraction,       // a number; listed as a double
    seconds,        // judged by the rules of TTL indexes, which have a code of their own
    text,
    document,
    filter,
    projection,  // judged by the rules of wildcard indexes
    collation,
    weights,  // a document, or the text "$**"
    anything,
};

// Whether two indexes differ that differ in it.
enum class Compared {
    yes,
    no,          // but a definition keeps what it says
    disregarded  // nor does a definition keep it
};

// Its part in what MongoDB tells indexes of one collection apart by.
struct IdentityRole {
    int position;            // within the signature, the key first
    std::string_view label;  // in the signature, before the value; a flag has none
    ServerVersion since;
};

// What the contract says of it; the OpenAPI document and docs/api.md have it from here.
struct ContractEntry {
    std::string_view name;
    int position;  // among the others in an answer
    std::string_view description;
    std::string_view default_json = {};  // what leaving it out means, where one value means the same
};

struct IndexOption {
    std::string_view name;
    OptionKind kind;
    std::optional<ContractEntry> contract{};  // none: shown and taken under `other`, by MongoDB's name
    ServerVersion since{0, 0};
    // An int32 is written out by the server when it is left out; so is the text. With a key type, in indexes
    // of that type alone.
    std::optional<std::int32_t> usual_number{};
    std::string_view usual_text = {};
    std::optional<KeyType> filled_in_for{};
    // Servers from then on do not store it.
    std::optional<ServerVersion> left_out_since{};
    Compared compared = Compared::yes;
    std::optional<IdentityRole> identity{};
    // collMod alters it, from then on.
    std::optional<ServerVersion> altered_since{};
};

// In the order of a listing. `key` and `name` stand between `v` and the others there.
[[nodiscard]] std::span<const IndexOption> index_options();
// None for what is no option of any version, `key` and `name` among it.
[[nodiscard]] const IndexOption* find_index_option(std::string_view name);

// Says nothing when it is false.
[[nodiscard]] bool is_flag(OptionKind kind);
// A number that is listed as an int32.
[[nodiscard]] bool is_whole(OptionKind kind);

}  // namespace mim::index
