#include "store/archive.hpp"

#include "store/descriptions/api_key.hpp"
#include "store/descriptions/database.hpp"
#include "store/descriptions/definition.hpp"
#include "store/descriptions/invite.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/descriptions/token_family.hpp"
#include "store/descriptions/user.hpp"
#include "store/mongodb/audit_documents.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/leaving.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"
#include "store/mongodb/sync_records.hpp"
#include "store/mongodb/trash_documents.hpp"

namespace mim::store {
namespace mongodb {
namespace {

const char* collection_of(Kind kind) {
    constexpr const char* collections[] = {
        names::users,         names::token_families,   names::databases, names::definitions,
        names::syncs,         names::invites,          names::api_keys,  names::audit_log,
        names::audit_intents, names::made_collections, names::trash};
    return collections[static_cast<std::size_t>(kind)];
}

template <class T>
Result<Item> as_item(Result<T> read) {
    if (!read) return std::move(read).error();
    return Item(std::move(*read));
}

template <Described Thing>
bson::Document stored_form(const Thing& thing) {
    return to_document(thing);
}
bson::Document stored_form(const app::AuditEntry& entry) {
    return entry_document(entry);
}
bson::Document stored_form(const ArchivedIntent& intent) {
    return intent_document(intent.entry);
}

// A sync is written by itself, with its records; an entry of the trash, with what belongs to it.
bson::Document stored_form(const ArchivedSync& /*sync*/) {
    return {};
}
bson::Document stored_form(const ArchivedTrash& /*trash*/) {
    return {};
}

bson::Document items_after(const std::string& after) {
    bson::Builder filter;
    if (!after.empty()) filter.add("_id", bson::Builder().add_object_id("$gt", after).take());
    return filter.take();
}

class MongoArchive final : public Archive {
  public:
    explicit MongoArchive(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<std::vector<Item>> read(Kind kind, const std::string& after, std::size_t limit) override {
        // What leaves is no item, and what is on its way into the trash is an item there.
        if (after.empty()) MIM_CHECK(sweep(*link_, all_parts));
        Question question{.filter = items_after(after), .sort = fields("_id", 1)};
        question.limit = static_cast<std::int64_t>(limit);
        return read_all<Item>(*link_, collection_of(kind), question,
                              [this, kind](bson::DocumentView document) { return item(kind, document); });
    }

    Done write(std::span<const Item> items) override {
        std::vector<bson::Document> documents;
        for (const auto& item : items) {
            if (const auto* sync = std::get_if<ArchivedSync>(&item)) {
                MIM_CHECK(write_sync(*sync));
            } else if (const auto* trash = std::get_if<ArchivedTrash>(&item)) {
                MIM_CHECK(put_whole_trash(*link_, *trash));
            } else {
                documents.push_back(std::visit([](const auto& each) { return stored_form(each); }, item));
            }
        }
        if (documents.empty()) return {};
        if (std::holds_alternative<app::AuditEntry>(items.front())) return add_entries(documents);
        return link_->put(collection_of(static_cast<Kind>(items.front().index())), documents);
    }

  private:
    Result<Item> item(Kind kind, bson::DocumentView document) {
        switch (kind) {
            case Kind::users:
                return as_item(read_document<app::User>(document));
            case Kind::token_families:
                return as_item(read_document<ArchivedFamily>(document));
            case Kind::databases:
                return as_item(read_document<app::Database>(document));
            case Kind::definitions:
                return as_item(read_document<app::Definition>(document));
            case Kind::invites:
                return as_item(read_document<app::Invite>(document));
            case Kind::api_keys:
                return as_item(read_document<app::ApiKey>(document));
            case Kind::audit_entries:
                return as_item(read_audit_entry(document));
            case Kind::audit_intents: {
                MIM_TRY(intent, read_audit_entry(document));
                return Item(ArchivedIntent{std::move(intent)});
            }
            case Kind::made_collections:
                return as_item(read_document<app::MadeCollection>(document));
            case Kind::trash:
                return as_item(read_whole_trash(*link_, document));
            case Kind::syncs:
                break;
        }
        MIM_TRY(stored, read_stored_sync(document));
        MIM_TRY(records, records_of(*link_, stored.sync.id, stored.plan));
        stored.sync.records = std::move(records);
        const auto cancel = stored.cancel_requested ? CancelRequested::yes : CancelRequested::no;
        return Item(ArchivedSync{std::move(stored.sync), cancel});
    }

    // What is there stays as it is: a difference is found when both sides are compared.
    Done add_entries(const std::vector<bson::Document>& entries) {
        const auto added = link_->insert(names::audit_log, entries);
        if (added || added.error().code != ErrorCode::already_exists) return added;
        for (const auto& entry : entries) {
            const auto one = link_->insert(names::audit_log, {entry});
            if (!one && one.error().code != ErrorCode::already_exists) return one;
        }
        return {};
    }

    // The records first, beside any that are there: the sync's document makes them count.
    Done write_sync(const ArchivedSync& archived) {
        const app::Sync& sync = archived.sync;
        const RecordPlace place{sync.id, sync.database, PlanId::generate(), sync.fence};
        MIM_CHECK(insert_records(*link_, place, sync.records));
        const StoredSync stored{sync, place.plan, archived.cancel == CancelRequested::yes};
        MIM_CHECK(link_->put(names::syncs, {whole_sync_document(stored, tally_of(sync.records).points)}));
        return forget_older_plans(*link_, place);
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<Archive> create_mongodb_archive(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoArchive>(std::move(link));
}

}  // namespace mim::store
