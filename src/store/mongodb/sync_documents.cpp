#include "store/mongodb/sync_documents.hpp"

#include "app/model/sync_documents.hpp"
#include "store/descriptions/sync.hpp"
#include "store/mongodb/described.hpp"
#include "store/sync_names.hpp"

namespace mim::store::mongodb {
namespace {

// A friend, as a function of this file's own would hide the others of its name.
struct PackedRestoration {
    bson::Document document;

    friend void put(bson::Builder& into, std::string_view key, const PackedRestoration& restoration) {
        put(into, key, Packed{restoration.document});
    }
};

}  // namespace

template <>
struct Kept<std::optional<app::Restoration>> {
    [[nodiscard]] static std::optional<PackedRestoration> form(
        const std::optional<app::Restoration>& restoration) {
        if (!restoration) return std::nullopt;
        return PackedRestoration{app::to_document(*restoration)};
    }
    [[nodiscard]] static std::optional<app::Restoration> read(Reader& reader, std::string_view key) {
        if (!reader.present(key)) return std::nullopt;
        auto restoration = app::restoration_of(reader.packed(key));
        reader.expect(restoration.has_value());
        return restoration;
    }
};

namespace {

int progress_of(app::SyncStatus status, std::int64_t points, int total) {
    if (status == app::SyncStatus::completed) return 100;
    return total > 0 ? static_cast<int>(points / total) : 0;
}

Result<std::optional<ServerReply>> read_error(const Reader& record) {
    if (!record.part("error")) return std::optional<ServerReply>();
    Reader reader = record.inside("error");
    ServerReply reply{reader.small("code"), reader.text("name"), reader.text("message")};
    MIM_CHECK(reader.whole("the error of an operation"));
    return std::optional<ServerReply>(std::move(reply));
}

std::optional<bson::Document> error_document(const std::optional<ServerReply>& error) {
    if (!error) return std::nullopt;
    return fields("code", error->code, "name", error->name, "message", error->message);
}

// Everything of a record that an update may change.
void put_record(bson::Builder& into, const app::SyncRecord& record) {
    put_all(into, "collection", record.collection, "index", record.index, "action", to_column(record.action),
            "status", app::to_string(record.status), "started_at", record.started_at, "completed_at",
            record.completed_at, "progress", record.progress, "error", error_document(record.error), "reason",
            record.reason, "risk", to_column(record.risk), "statement", record.statement, "definition",
            Packed{record.definition}, "definition_id", record.definition_id);
}

}  // namespace

Result<StoredSync> read_stored_sync(bson::DocumentView document) {
    Reader reader(document);
    auto plan = reader.id<PlanId>("plan");
    auto sync = Description<app::Sync>::blank();
    read_fields(reader, sync);
    sync.started_at = reader.optional_time("started_at");
    sync.completed_at = reader.optional_time("completed_at");
    sync.status = reader.must(app::parse_sync_status(reader.text("status")));
    sync.error = reader.text("error");
    sync.total_tasks = reader.small("total_tasks");
    sync.completed_tasks = reader.small("completed_tasks");
    sync.progress = progress_of(sync.status, reader.integer("points"), sync.total_tasks);
    sync.fence = reader.integer("fence");
    MIM_CHECK(reader.whole(Description<app::Sync>::what));
    return StoredSync{std::move(sync), std::move(plan), reader.flag("cancel_requested")};
}

Result<app::Sync> read_sync(bson::DocumentView document) {
    MIM_TRY(stored, read_stored_sync(document));
    return std::move(stored.sync);
}

bson::Document new_sync_document(const app::Sync& sync, const PlanId& plan) {
    bson::Builder document;
    document.add_all(to_document(sync).view());
    put_all(document, "status", app::to_string(app::SyncStatus::pending), "active", true, "error", "",
            "total_tasks", 0, "completed_tasks", 0, "points", 0, "fence", std::int64_t{0}, "plan", plan);
    return document.take();
}

bson::Document whole_sync_document(const StoredSync& stored, std::int64_t points) {
    const app::Sync& sync = stored.sync;
    bson::Builder document;
    document.add_all(to_document(sync).view());
    put_all(document, "started_at", sync.started_at, "completed_at", sync.completed_at, "status",
            app::to_string(sync.status), "error", sync.error, "total_tasks", sync.total_tasks,
            "completed_tasks", sync.completed_tasks, "points", points, "fence", sync.fence, "plan",
            stored.plan);
    if (!app::is_finished(sync.status)) document.add("active", true);
    if (stored.cancel_requested) document.add("cancel_requested", true);
    return document.take();
}

Result<app::SyncRecord> read_record(bson::DocumentView document) {
    Reader reader(document);
    app::SyncRecord record;
    record.position = reader.small("position");
    record.collection = reader.text("collection");
    record.index = reader.text("index");
    record.action = reader.must(from_column<index::Action>(reader.text("action")));
    record.status = reader.must(app::parse_record_status(reader.text("status")));
    record.started_at = reader.optional_time("started_at");
    record.completed_at = reader.optional_time("completed_at");
    record.progress = reader.small("progress");
    record.reason = reader.text("reason");
    record.risk = reader.must(from_column<index::Risk>(reader.text("risk")));
    record.statement = reader.text("statement");
    record.definition = reader.packed("definition");
    record.definition_id = reader.optional_id<DefinitionId>("definition_id");
    MIM_TRY(error, read_error(reader));
    record.error = std::move(error);
    MIM_CHECK(reader.whole("an operation of a sync"));
    return record;
}

bson::Document record_document(const RecordPlace& place, const app::SyncRecord& record) {
    bson::Builder document;
    put_all(document, "sync", place.sync, "database", place.database, "plan", place.plan, "fence",
            place.fence, "position", record.position);
    put_record(document, record);
    return document.take();
}

bson::Document record_change(const app::SyncRecord& record) {
    bson::Builder change, gone;
    put_record(change, record);
    if (!record.started_at) gone.add("started_at", true);
    if (!record.completed_at) gone.add("completed_at", true);
    if (!record.error) gone.add("error", true);
    if (!record.definition_id) gone.add("definition_id", true);
    const auto absent = gone.take();
    if (absent.empty()) return fields("$set", change.take());
    return fields("$set", change.take(), "$unset", absent);
}

}  // namespace mim::store::mongodb
