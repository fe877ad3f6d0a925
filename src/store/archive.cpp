#include "store/archive.hpp"

#include "app/model/audit_document.hpp"
#include "app/model/sync_documents.hpp"
#include "bson/builder.hpp"
#include "store/descriptions/api_key.hpp"
#include "store/descriptions/database.hpp"
#include "store/descriptions/definition.hpp"
#include "store/descriptions/invite.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/descriptions/sync.hpp"
#include "store/descriptions/token_family.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/descriptions/user.hpp"
#include "store/sync_names.hpp"

namespace mim::store {
namespace {

std::int64_t ticks(const std::optional<Timestamp>& time) {
    return time ? time->time_since_epoch().count() : -1;
}

template <class IdType>
std::string text_of(const std::optional<IdType>& id) {
    return id ? id->text() : std::string();
}

const std::string& form(const std::string& text) {
    return text;
}
const std::string& form(const Secret& secret) {
    return secret.reveal();
}
std::int64_t form(std::int64_t number) {
    return number;
}
std::int64_t form(Timestamp time) {
    return time.time_since_epoch().count();
}
const bson::Document& form(const bson::Document& document) {
    return document;
}
std::string form(const app::Place& place) {
    return app::to_text(place);
}
std::string form(const app::SeenServer& seen) {
    return app::to_text(seen);
}
bson::Document form(const std::vector<DatabaseId>& ids) {
    bson::Array texts;
    for (const auto& id : ids) texts.add(id.text());
    return texts.take();
}
bson::Document form(const std::vector<std::string>& texts) {
    bson::Array array;
    for (const auto& text : texts) array.add(text);
    return array.take();
}
bson::Document form(const app::Restoration& restoration) {
    return app::to_document(restoration);
}
template <class Tag>
const std::string& form(const Id<Tag>& id) {
    return id.text();
}
std::string_view form(Worded auto choice) {
    return KeptAsWord<decltype(choice)>::word(choice);
}
bool form(Flagged auto choice) {
    return choice == KeptAsFlag<decltype(choice)>::yes;
}

template <class T>
void add_value(bson::Builder& into, std::string_view name, const T& value) {
    into.add(name, form(value));
}
template <class T>
void add_value(bson::Builder& into, std::string_view name, const std::optional<T>& value) {
    if (value) into.add(name, form(*value));
}

template <Described Thing>
void add(bson::Builder& into, const Thing& thing) {
    for_each_field<Thing>(
        [&into, &thing](const auto& field) { add_value(into, field.name, field.of(thing)); });
}

template <Described Thing>
bson::Document document_of(const Thing& thing) {
    bson::Builder into;
    add(into, thing);
    return into.take();
}

template <Described Thing>
bson::Document document_of(const std::vector<Thing>& things) {
    bson::Array all;
    for (const auto& each : things) all.add(document_of(each));
    return all.take();
}

bson::Document document_of(const app::SyncRecord& record) {
    bson::Builder into;
    into.add("position", record.position).add("collection", record.collection).add("index", record.index);
    into.add("action", to_column(record.action)).add("status", app::to_string(record.status));
    into.add("started", ticks(record.started_at)).add("completed", ticks(record.completed_at));
    into.add("progress", record.progress).add("reason", record.reason).add("risk", to_column(record.risk));
    into.add("statement", record.statement).add("definition", record.definition);
    into.add("entry", text_of(record.definition_id));
    if (const auto& error = record.error)
        into.add("code", error->code).add("codeName", error->name).add("message", error->message);
    return into.take();
}

void add(bson::Builder& into, const ArchivedSync& archived) {
    const app::Sync& sync = archived.sync;
    bson::Array records;
    for (const auto& record : sync.records) records.add(document_of(record));
    add(into, sync);
    into.add("started", ticks(sync.started_at)).add("completed", ticks(sync.completed_at));
    into.add("status", app::to_string(sync.status)).add("progress", sync.progress);
    into.add("error", sync.error).add("total", sync.total_tasks).add("done", sync.completed_tasks);
    into.add("fence", sync.fence).add("cancel", archived.cancel == CancelRequested::yes);
    into.add("records", records.take());
}

void add(bson::Builder& into, const app::AuditEntry& entry) {
    into.add("entry", app::to_document(entry));
}

void add(bson::Builder& into, const ArchivedIntent& intent) {
    into.add("intent", app::to_document(intent.entry));
}

void add(bson::Builder& into, const ArchivedTrash& trash) {
    into.add("entry", document_of(trash.entry));
    if (trash.database) into.add("database", document_of(*trash.database));
    if (trash.account) into.add("account", document_of(*trash.account));
    into.add("definitions", document_of(trash.definitions));
    into.add("made", document_of(trash.made_collections));
}

template <Described Thing>
const std::string& id_in(const Thing& thing) {
    return std::get<0>(Description<Thing>::fields).of(thing).text();
}
const std::string& id_in(const ArchivedSync& archived) {
    return archived.sync.id.text();
}
const std::string& id_in(const app::AuditEntry& entry) {
    return entry.id.text();
}
const std::string& id_in(const ArchivedIntent& intent) {
    return intent.entry.id.text();
}
const std::string& id_in(const ArchivedTrash& trash) {
    return trash.entry.id.text();
}

}  // namespace

std::string_view to_string(Kind kind) {
    constexpr std::string_view names[] = {
        "users",    "token families", "databases",     "definitions",      "syncs",        "invites",
        "API keys", "audit entries",  "audit intents", "made collections", "trash entries"};
    return names[static_cast<std::size_t>(kind)];
}

const std::string& id_of(const Item& item) {
    return std::visit([](const auto& each) -> const std::string& { return id_in(each); }, item);
}

std::string bytes_of(const Item& item) {
    bson::Builder builder;
    std::visit([&builder](const auto& each) { add(builder, each); }, item);
    return builder.take().byte_string();
}

}  // namespace mim::store
