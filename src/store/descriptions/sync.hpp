// What was asked of a sync, as it is stored. How it went is written by the statements of its worker.
#pragma once

#include "app/model/sync.hpp"
#include "store/descriptions/columns.hpp"
#include "store/descriptions/user.hpp"
#include "store/sync_names.hpp"

#define MIM_SYNC_ORDER_COLUMNS                                                                       \
    "id, database, created_at, updated_at, collections, missing, extra, changed, drop_mode, names, " \
    "fingerprint, on_failure, requested_by, requested_as, restoration"
#define MIM_SYNC_ORDER_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15"

namespace mim::store {

template <class Choice>
struct SyncWords {
    static constexpr std::string_view what = "a choice of a sync";
    [[nodiscard]] static std::string_view word(Choice choice) { return to_column(choice); }
    [[nodiscard]] static std::optional<Choice> choice(std::string_view word) {
        return from_column<Choice>(word);
    }
};
template <>
struct KeptAsWord<index::MissingChoice> : SyncWords<index::MissingChoice> {};
template <>
struct KeptAsWord<index::ExtraChoice> : SyncWords<index::ExtraChoice> {};
template <>
struct KeptAsWord<index::ChangedChoice> : SyncWords<index::ChangedChoice> {};
template <>
struct KeptAsWord<index::DropMode> : SyncWords<index::DropMode> {};
template <>
struct KeptAsWord<index::NamePolicy> : SyncWords<index::NamePolicy> {};
template <>
struct KeptAsWord<app::OnFailure> : SyncWords<app::OnFailure> {};

template <>
struct Description<app::Sync> {
    using Sync = app::Sync;
    using Options = app::SyncOptions;
    static constexpr std::string_view what = "a sync";
    static constexpr std::string_view options = "options";
    [[nodiscard]] static Sync blank() {
        return {.id = id_to_be_read<SyncId>(), .database = id_to_be_read<DatabaseId>()};
    }
    static constexpr auto fields =
        std::tuple{field("id", &Sync::id).as_in_mongodb("_id"),
                   field("database", &Sync::database),
                   field("created_at", &Sync::created_at),
                   field("updated_at", &Sync::updated_at),
                   field("collections", &Sync::collections),
                   field("missing", &Sync::options, &Options::missing).within_in_mongodb(options),
                   field("extra", &Sync::options, &Options::extra).within_in_mongodb(options),
                   field("changed", &Sync::options, &Options::changed).within_in_mongodb(options),
                   field("drop_mode", &Sync::options, &Options::drop_mode).within_in_mongodb(options),
                   field("names", &Sync::options, &Options::names).within_in_mongodb(options),
                   field("fingerprint", &Sync::options, &Options::fingerprint).within_in_mongodb(options),
                   field("on_failure", &Sync::options, &Options::on_failure)
                       .within_in_mongodb(options)
                       .absent_in_older(),
                   field("requested_by", &Sync::requested_by),
                   field("requested_as", &Sync::requested_as).absent_in_older(),
                   field("restoration", &Sync::restoration)};
};
static_assert(are_columns<app::Sync>(MIM_SYNC_ORDER_COLUMNS));
static_assert(are_values<app::Sync>(MIM_SYNC_ORDER_VALUES));

}  // namespace mim::store
