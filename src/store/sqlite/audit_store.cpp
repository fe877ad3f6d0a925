#include "app/ports/audit_store.hpp"

#include <limits>

#include "store/sqlite/audit_rows.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/audit.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

// The three forms of one question, led by the same field.
struct Questions {
    sqlite::Sql list;
    sqlite::Sql count;
    sqlite::Sql read;
};

Questions questions_for(const app::AuditFilter& filter) {
    if (filter.database)
        return {sql::list_audit_of_database, sql::count_audit_of_database, sql::read_audit_of_database};
    if (filter.users.size() == 1)
        return {sql::list_audit_of_user, sql::count_audit_of_user, sql::read_audit_of_user};
    if (filter.action)
        return {sql::list_audit_of_action, sql::count_audit_of_action, sql::read_audit_of_action};
    return {sql::list_audit, sql::count_audit, sql::read_audit};
}

std::optional<std::string> joined_ids(const std::vector<UserId>& users) {
    if (users.empty()) return std::nullopt;
    std::string text;
    for (const UserId& user : users) text += (text.empty() ? "" : ",") + user.text();
    return text;
}

// Parameters 1 to 6 of every question, then those of its own.
template <class... More>
Result<sqlite::Statement> question_of(sqlite::Connection& connection, sqlite::Sql question,
                                      const app::AuditFilter& filter, const More&... more) {
    const auto database = filter.database ? std::optional(filter.database->text()) : std::nullopt;
    const auto outcome =
        filter.outcome ? std::optional(std::string(app::to_string(*filter.outcome))) : std::nullopt;
    return connection.statement(question, database, joined_ids(filter.users), filter.action, outcome,
                                to_column(filter.from).value_or(std::numeric_limits<std::int64_t>::min()),
                                to_column(filter.to).value_or(std::numeric_limits<std::int64_t>::max()),
                                more...);
}

class SqliteAuditStore final : public app::AuditStore {
  public:
    explicit SqliteAuditStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done begin(const app::AuditEntry& intent) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(insert_audit_intent(*writer, intent));
        return writer.commit();
    }

    Done append(const app::AuditEntry& entry) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(insert_audit_entry(*writer, entry));
        MIM_CHECK(writer->run(sql::delete_audit_intent, to_column(entry.id)));
        return writer.commit();
    }

    Done withdraw(const AuditEntryId& intent) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::delete_audit_intent, to_column(intent)));
        return writer.commit();
    }

    Result<std::vector<app::AuditEntry>> begun_before(Timestamp time, std::size_t limit) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(rows, reader->statement(sql::audit_intents_before, to_column(time),
                                        static_cast<std::int64_t>(limit)));
        return read_all<app::AuditEntry>(std::move(rows), read_audit_entry);
    }

    Result<app::Page<app::AuditEntry>> list(const app::AuditFilter& filter,
                                            const app::PageRequest& page) override {
        const Questions questions = questions_for(filter);
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        return read_page<app::AuditEntry>(
            page, question_of(*reader, questions.list, filter, page.limit, rows_before(page)),
            question_of(*reader, questions.count, filter), read_audit_entry);
    }

    Result<std::vector<app::AuditEntry>> read(const app::AuditFilter& filter,
                                              const std::optional<app::AuditPlace>& after,
                                              std::size_t limit) override {
        const auto time = after ? to_column(after->at) : std::numeric_limits<std::int64_t>::min();
        const auto id = after ? after->id.text() : std::string();
        MIM_TRY(reader, file_->read());
        MIM_TRY(rows, question_of(*reader, questions_for(filter).read, filter, time, id,
                                  static_cast<std::int64_t>(limit)));
        return read_all<app::AuditEntry>(std::move(rows), read_audit_entry);
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::AuditStore> create_sqlite_audit_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteAuditStore>(std::move(file));
}

}  // namespace mim::store
