// How the things of app/ and index/ look in an answer. Each writes one JSON value, the `…_fields` ones the
// fields of an object that the caller opened.
#pragma once

#include "app/comparisons.hpp"
#include "app/databases.hpp"
#include "app/imports.hpp"
#include "app/model/database.hpp"
#include "app/model/definition.hpp"
#include "app/model/sync.hpp"
#include "http/json_writer.hpp"

namespace mim::http {

void write_database(JsonWriter& json, const app::Database& database);  // the password masked
// Fields: which other entries lead to the same place, when there are any.
void write_shared_place(JsonWriter& json, const app::Database& database);
// A field; null where it is not known.
void write_feature_version(JsonWriter& json, const index::ServerRelease& release);
// Whether the server itself told it, just now.
void write_feature_version_source(JsonWriter& json, app::FeatureVersionSource source);
// The same of what was wanted: the members that were given.
void write_database_change(JsonWriter& json, const app::DatabaseChange& wanted);
void write_definition(JsonWriter& json, const app::Definition& definition);
void write_import_fields(JsonWriter& json, const app::ImportReport& report);
void write_comparison(JsonWriter& json, const index::CollectionComparison& comparison);
// For clients that know no changed indexes: each stands also among the missing ones, as it is defined, and
// among the redundant ones, as it is in the database.
void tell_in_three_lists(index::CollectionComparison& comparison);
void write_plan(JsonWriter& json, const app::CheckedPlan& checked);
void write_sync(JsonWriter& json, const app::Sync& sync, const app::Database& database);  // with records
void write_sync_row(JsonWriter& json, const app::Sync& sync,
                    const app::Database& database);  // as an item of a list

}  // namespace mim::http
