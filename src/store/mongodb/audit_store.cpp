#include "app/ports/audit_store.hpp"

#include "store/mongodb/audit_documents.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

bson::Document conditions_of(const app::AuditFilter& filter, const std::optional<app::AuditPlace>& after) {
    bson::Builder conditions;
    const auto outcome = filter.outcome ? std::optional(app::to_string(*filter.outcome)) : std::nullopt;
    put_all(conditions, "database", filter.database, "action", filter.action, "outcome", outcome);
    if (!filter.users.empty()) put(conditions, "user", fields("$in", array_of(filter.users)));
    if (filter.from || filter.to) put(conditions, "at", fields("$gte", filter.from, "$lt", filter.to));
    if (after) {
        put(conditions, "$or",
            documents(fields("at", fields("$gt", after->at)),
                      fields("at", after->at, "_id", fields("$gt", after->id))));
    }
    return conditions.take();
}

class MongoAuditStore final : public app::AuditStore {
  public:
    explicit MongoAuditStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done begin(const app::AuditEntry& intent) override {
        return link_->insert(names::audit_intents, {intent_document(intent)});
    }

    // An intent that outlives its entry is taken away when it is settled.
    Done append(const app::AuditEntry& entry) override {
        auto done = link_->insert(names::audit_log, {entry_document(entry)});
        if (!done && done.error().code == ErrorCode::already_exists)
            return Error(ErrorCode::already_exists, "The audit log has an entry of this id");
        if (!done) return done;
        static_cast<void>(withdraw(entry.id));
        return {};
    }

    Done withdraw(const AuditEntryId& intent) override {
        MIM_CHECK(link_->remove(names::audit_intents, fields("_id", intent), Several::one));
        return {};
    }

    Result<std::vector<app::AuditEntry>> begun_before(Timestamp time, std::size_t limit) override {
        Question question{.filter = fields("began_at", fields("$lt", time)),
                          .sort = fields("began_at", 1, "_id", 1)};
        question.limit = static_cast<std::int64_t>(limit);
        return read_all<app::AuditEntry>(*link_, names::audit_intents, question, read_audit_entry);
    }

    Result<app::Page<app::AuditEntry>> list(const app::AuditFilter& filter,
                                            const app::PageRequest& page) override {
        return read_page<app::AuditEntry>(
            *link_, names::audit_log, page,
            {.filter = conditions_of(filter, std::nullopt), .sort = fields("at", -1, "_id", -1)},
            read_audit_entry);
    }

    Result<std::vector<app::AuditEntry>> read(const app::AuditFilter& filter,
                                              const std::optional<app::AuditPlace>& after,
                                              std::size_t limit) override {
        Question question{.filter = conditions_of(filter, after), .sort = fields("at", 1, "_id", 1)};
        question.limit = static_cast<std::int64_t>(limit);
        return read_all<app::AuditEntry>(*link_, names::audit_log, question, read_audit_entry);
    }

  private:
    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::AuditStore> create_mongodb_audit_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoAuditStore>(std::move(link));
}

}  // namespace mim::store
