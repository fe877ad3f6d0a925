#include "store/mongodb/older_versions.hpp"

#include "base/clock.hpp"
#include "base/fold.hpp"
#include "store/mongodb/definition_counts.hpp"
#include "store/mongodb/discarding.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/leaving.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

// Compared with a time it is neither before nor after it.
constexpr const char* no_time = "changed in transactions";

// How long such a lock lasted.
constexpr std::chrono::seconds lifetime{30};

bson::Document never_had() {
    return fields("until", no_time);
}

// One that ends later than any may is of a clock that was ahead, and counts for run out, as it did.
bool is_held(Reader lock, Timestamp now) {
    const auto until = lock.optional_time("until");
    return until && *until >= now && *until <= now + 2 * lifetime;
}

Error at_work() {
    return {ErrorCode::not_ready, "a process of an older version is at work on this database"};
}

std::int64_t settled_in(bson::DocumentView database) {
    auto changes = Reader(database).inside("changes");
    return changes.present("settled") ? changes.integer("settled") : 0;
}

// Notes of changes that were not said to last; versions before the numbers said so in the lock.
bson::Document open_notes(const DatabaseId& id, bson::DocumentView database) {
    const auto settled = settled_in(database);
    if (Reader(database).inside("lock").flag("committed"))
        return fields("database", id, "number", fields("$gt", settled));
    return fields("database", id, "number", fields("$not", fields("$lte", settled)));
}

// Its new name had no definitions before it.
Done rename_back(Commands& commands, const DatabaseId& id, bson::DocumentView renamed) {
    Reader names_of(renamed);
    const auto from = names_of.text("from"), to = names_of.text("to");
    MIM_CHECK(names_of.whole("a note of a renaming"));
    MIM_CHECK(commands.update(names::definitions, fields("database", id, "collection", to),
                              setting("collection", from, "collection_folded", fold(from)), Several::all));
    return {};
}

Done undo(Commands& commands, const DatabaseId& id, bson::DocumentView database) {
    MIM_TRY(notes, commands.find(names::definitions_undo, {.filter = open_notes(id, database)}));
    std::vector<DefinitionId> gone;
    std::vector<bson::Document> before;
    for (const auto& note : notes) {
        Reader reader(note);
        if (const auto renamed = reader.part("renamed")) MIM_CHECK(rename_back(commands, id, *renamed));
        if (auto created = reader.optional_id<DefinitionId>("created")) gone.push_back(std::move(*created));
        if (const auto document = reader.part("before")) {
            Reader definition(*document);
            gone.push_back(definition.id<DefinitionId>("_id"));
            MIM_CHECK(definition.whole("a definition"));
            before.emplace_back(*document);
        }
        MIM_CHECK(reader.whole("a note of a change"));
    }
    if (!gone.empty()) {
        const auto as_they_are = fields("database", id, "_id", fields("$in", array_of(gone)));
        MIM_CHECK(commands.remove(names::definitions, as_they_are, Several::all));
    }
    MIM_CHECK(commands.insert(names::definitions, before));
    MIM_CHECK(commands.remove(names::definitions_undo, fields("database", id), Several::all));
    return {};
}

// Its entry of the trash was written when all was copied; until then nothing was removed.
Done go_on_removing(Commands& commands, const DatabaseId& id, bson::DocumentView database) {
    MIM_CHECK(commands.remove(names::definitions_undo, fields("database", id), Several::all));
    const auto into_trash = Reader(database).inside("lock").part("discard");
    if (!into_trash) return let_leave(commands, database, std::nullopt);
    MIM_TRY(discard, read_discard(*into_trash));
    MIM_TRY(copied, commands.find_one(names::trash, fields("_id", discard.as), fields("_id", 1)));
    if (copied) return let_leave(commands, database, std::nullopt);
    MIM_CHECK(count_anew(commands, id));
    return let_leave(commands, database, discard);
}

Done carry_over_one(Link& link, const DatabaseId& id) {
    return link.in_transaction([&id](Commands& commands) -> Done {
        MIM_TRY(found, commands.find_one(names::databases, fields("_id", id)));
        if (!found || is_carried_over(*found)) return {};
        const auto lock = Reader(*found).inside("lock");
        const bool removing = lock.flag("removing") && !is_held(lock, system_clock().now());
        return removing ? go_on_removing(commands, id, *found) : carry_over(commands, id, *found);
    });
}

Done go_on_purging(Link& link) {
    MIM_TRY(begun, link.find(names::trash, {.filter = fields("purging", true), .fields = fields("_id", 1)}));
    for (const auto& each : begun) {
        const auto id = Reader(each).id<app::TrashId>("_id");
        MIM_CHECK(link.in_transaction([&id](Commands& commands) -> Done {
            MIM_TRY(taken_out, commands.remove(names::trash, fields("_id", id), Several::one));
            return taken_out == 0 ? Done() : let_parts_leave(commands, id);
        }));
    }
    return {};
}

}  // namespace

bool is_carried_over(bson::DocumentView database) {
    return Reader(database).inside("lock").optional_text("until") == no_time;
}

bson::Document as_carried_over(bson::DocumentView database) {
    bson::Builder document;
    document.add_all(database);
    put(document, "lock", never_had());
    return document.take();
}

Done carry_over(Commands& commands, const DatabaseId& database, bson::DocumentView document) {
    const auto lock = Reader(document).inside("lock");
    if (is_held(lock, system_clock().now())) return at_work();
    if (lock.flag("removing")) return Error(ErrorCode::not_found, "Database not found");
    MIM_CHECK(undo(commands, database, document));
    MIM_CHECK(count_anew(commands, database));
    MIM_CHECK(
        commands.update(names::databases, fields("_id", database),
                        fields("$set", fields("lock", never_had()), "$unset", fields("changes", true))));
    return {};
}

Done carry_over_all(Link& link, std::chrono::milliseconds patience) {
    MIM_TRY(found, link.find(names::databases, {.filter = fields("lock.until", fields("$ne", no_time)),
                                                .fields = fields("_id", 1)}));
    const auto given_up = std::chrono::steady_clock::now() + patience;
    for (const auto& each : found) {
        const auto id = Reader(each).id<DatabaseId>("_id");
        for (GrowingPause pause;; pause.wait()) {
            auto done = carry_over_one(link, id);
            if (done) break;
            if (done.error().code != ErrorCode::not_ready || std::chrono::steady_clock::now() > given_up)
                return done;
        }
    }
    return go_on_purging(link);
}

}  // namespace mim::store::mongodb
