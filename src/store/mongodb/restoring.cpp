#include "store/mongodb/restoring.hpp"

#include "base/deadline.hpp"
#include "store/descriptions/database.hpp"
#include "store/mongodb/database_names.hpp"
#include "store/mongodb/definition_counts.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/leaving.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

constexpr std::int64_t most_of_a_copy = 500;
// Of one who waits until all has gone into the trash; less than a request may last.
constexpr std::chrono::seconds patience{15};

Result<app::Database> content_of(bson::DocumentView entry) {
    const auto content = Reader(entry).part("content");
    if (!content) return Error(ErrorCode::store_failed, "an entry of the trash is damaged");
    return read_document<app::Database>(*content);
}

bson::Document without_entry(bson::DocumentView part) {
    bson::Builder document;
    for (const auto field : part) {
        if (field.key() != "trash") document.add(field.key(), field);
    }
    return document.take();
}

Done check_free(Commands& commands, const app::Database& database) {
    const auto in_the_way =
        fields("$or", documents(fields("_id", database.id), fields("name", database.name)));
    MIM_TRY(taken, commands.find_one(names::databases, in_the_way, fields("_id", 1)));
    if (taken) return name_is_taken();
    return check_name(commands, database);
}

class Restoring {
  public:
    Restoring(Link& link, const app::TrashEntry& entry) : link_(link), entry_(entry) {}

    Done run() {
        MIM_CHECK(begin_patiently());
        auto done = copy_all_and_end();
        if (done) return done;
        (void)give_up();  // else the note runs out, and whoever comes next does it
        const bool unexplained =
            done.error().code == ErrorCode::already_exists && done.error().fields.empty();
        return unexplained ? refuse_name(link_, *database_) : done;
    }

  private:
    Done begin_patiently() {
        const Deadline deadline = Deadline::after(patience);
        for (GrowingPause pause;; pause.wait()) {
            auto begun = link_.in_transaction([this](Commands& commands) { return begin(commands); });
            if (begun || begun.error().code != ErrorCode::not_ready || deadline.passed()) return begun;
            MIM_CHECK(sweep(link_, parts_of_a_request));
        }
    }

    Done begin(Commands& commands) {
        MIM_TRY(entry, commands.find_one(names::trash, fields("_id", entry_.id)));
        if (!entry) return not_in_trash();
        MIM_TRY(database, content_of(*entry));
        MIM_TRY(leaving, is_leaving(commands, database.id));
        if (leaving) return Error(ErrorCode::not_ready, "Its definitions are on their way, try again");
        MIM_CHECK(check_free(commands, database));
        note_ = note_of_return(database.id, entry_.id);
        database_ = std::move(database);
        return commands.insert(names::leaving, {note_});
    }

    Done copy_all_and_end() {
        MIM_TRY(there, link_.count(names::trash_definitions, fields("trash", entry_.id)));
        if (there < entry_.definitions)
            return Error(ErrorCode::not_found, "Not in the trash as a whole: its purge was interrupted");
        MIM_CHECK(copy_all(names::trash_definitions, names::definitions));
        MIM_CHECK(copy_all(names::trash_collections, names::made_collections));
        return link_.in_transaction([this](Commands& commands) { return end(commands); });
    }

    // In the order of their ids.
    Done copy_all(const char* from, const char* to) {
        std::vector<bson::Document> part;
        std::optional<bson::Document> last;
        do {
            MIM_CHECK(link_.in_transaction([&](Commands& commands) -> Done {
                MIM_TRY(found, part_after(commands, from, last));
                part = std::move(found);
                return copy(commands, to, part);
            }));
            if (!part.empty()) last = part.back();
        } while (static_cast<std::int64_t>(part.size()) == most_of_a_copy);
        return {};
    }

    Result<std::vector<bson::Document>> part_after(Commands& commands, const char* from,
                                                   const std::optional<bson::Document>& last) {
        MIM_CHECK(keep(commands, Renewal::renewed));
        bson::Builder wanted;
        put(wanted, "trash", entry_.id);
        if (last) put(wanted, "_id", fields("$gt", *last->find("_id")));
        return commands.find(from,
                             {.filter = wanted.take(), .sort = fields("_id", 1), .limit = most_of_a_copy});
    }

    // Of what an older version copied, and was interrupted, nothing stays.
    static Done copy(Commands& commands, const char* to, const std::vector<bson::Document>& part) {
        if (part.empty()) return {};
        MIM_CHECK(commands.remove(to, fields("_id", among(part)), Several::all));
        std::vector<bson::Document> copies;
        copies.reserve(part.size());
        for (const auto& each : part) copies.push_back(without_entry(each));
        return commands.insert(to, copies);
    }

    Done end(Commands& commands) {
        MIM_CHECK(keep(commands, Renewal::ended));
        MIM_TRY(taken_out, take_out(commands, entry_.id));
        MIM_TRY(database, content_of(taken_out));
        MIM_CHECK(insert_database(commands, database));
        MIM_CHECK(count_anew(commands, database.id));
        return let_parts_leave(commands, entry_.id);
    }

    enum class Renewal { renewed, ended };
    // Nobody purged the entry, nor took this for left behind.
    Done keep(Commands& commands, Renewal renewal) {
        MIM_TRY(kept,
                renewal == Renewal::renewed ? renew_return(commands, note_) : end_return(commands, note_));
        if (kept) return {};
        MIM_TRY(entry, commands.find_one(names::trash, fields("_id", entry_.id), fields("_id", 1)));
        if (!entry) return not_in_trash();
        return Error(ErrorCode::not_ready, "this took too long, and others went on");
    }

    Done give_up() {
        MIM_CHECK(give_up_return(link_, note_));
        return sweep(link_, parts_of_a_request);
    }

    Link& link_;
    const app::TrashEntry& entry_;
    bson::Document note_{};
    std::optional<app::Database> database_{};  // as it was when it was begun
};

}  // namespace

Error not_in_trash() {
    return {ErrorCode::not_found, "Not in the trash"};
}

Result<bson::Document> take_out(Commands& commands, const app::TrashId& entry) {
    MIM_TRY(found, commands.find_one(names::trash, fields("_id", entry)));
    if (!found) return not_in_trash();
    MIM_TRY(taken_out, commands.remove(names::trash, fields("_id", entry), Several::one));
    if (taken_out == 0) return not_in_trash();
    return std::move(*found);
}

Done restore_database(Link& link, const app::TrashEntry& entry) {
    auto done = Restoring(link, entry).run();
    if (done) (void)sweep(link, parts_of_a_request);
    return done;
}

}  // namespace mim::store::mongodb
