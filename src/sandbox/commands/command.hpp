// What a command is: its name, who may call it, and its handler. Families of commands are tables of these.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <variant>

#include "sandbox/arguments.hpp"
#include "sandbox/instance.hpp"
#include "sandbox/request.hpp"

namespace mim::sandbox::commands {

using Reply = Answer<bson::Document>;  // without `ok`: the dispatcher adds it
using Continue = std::function<void(Reply)>;

using Handler = Reply (*)(Instance&, const Request&);
// Answers later, by calling back exactly once.
using PatientHandler = void (*)(Instance&, const std::shared_ptr<const Request>&, Continue);

enum class Access { anyone, authenticated };

struct Command {
    std::string_view name;
    std::variant<Handler, PatientHandler> handler;
    Access access = Access::authenticated;
};

using Family = std::span<const Command>;

[[nodiscard]] Family handshake_family();
[[nodiscard]] Family authentication_family();
[[nodiscard]] Family server_family();
[[nodiscard]] Family feature_version_family();
[[nodiscard]] Family session_family();
[[nodiscard]] Family listing_family();
[[nodiscard]] Family collection_family();
[[nodiscard]] Family create_indexes_family();
[[nodiscard]] Family drop_indexes_family();
[[nodiscard]] Family coll_mod_family();
[[nodiscard]] Family cursor_family();
[[nodiscard]] Family find_family();
[[nodiscard]] Family write_family();
[[nodiscard]] Family aggregate_family();
[[nodiscard]] Family statistics_family();
[[nodiscard]] Family operation_family();
[[nodiscard]] Family sandbox_family();

// Null when there is none; names are case-sensitive, as MongoDB's.
[[nodiscard]] const Command* find_command(std::string_view name);

// Refuses with 13 what may only be run against `admin` and is not.
[[nodiscard]] Accepted admin_only(const Request& request);
// The name of a time series, where the name given is that of its buckets.
[[nodiscard]] catalog::Name without_buckets(Instance& instance, const catalog::Name& name);
// The collection, or 26.
[[nodiscard]] Answer<catalog::Collection*> existing(Instance& instance, const catalog::Name& name);
// The collection when it is there and holds data itself; 26, or 166 for a view.
[[nodiscard]] Answer<catalog::Collection*> existing_not_view(Instance& instance, const catalog::Name& name);

}  // namespace mim::sandbox::commands
