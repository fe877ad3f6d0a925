#include "store/mongodb/leaving.hpp"

#include "base/clock.hpp"
#include "store/mongodb/discarding.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

constexpr std::int64_t most_of_a_part = 500;
constexpr std::int64_t most_syncs_of_a_part = 20;

enum class Rest { none, some };

// Of one removal: a database that is removed, restored and removed again leaves twice under its id.
using RemovalId = Id<struct RemovalTag>;

// How long a return is nobody else's. Clocks of the servers that share a store may differ by a part of it.
constexpr std::chrono::seconds return_lifetime{30};

// While it is anybody's.
bson::Document same_as(bson::DocumentView note) {
    Reader reader(note);
    return fields("_id", *note.find("_id"), "removal", reader.optional_id<RemovalId>("removal"), "until",
                  fields("$exists", false));
}

// While it is the one's who returns it, into an entry that stands.
bson::Document returned_by(bson::DocumentView note) {
    Reader reader(note);
    return fields("_id", *note.find("_id"), "removal", reader.id<RemovalId>("removal"), "trash",
                  reader.id<app::TrashId>("trash"), "until", fields("$exists", true));
}

bson::Document anybodys() {
    return fields("$unset", fields("until", true));
}

// Not of one who is at work; of one who is gone it is taken over, also when his clock was ahead.
Result<bool> may_be_swept(Link& link, bson::DocumentView note) {
    const auto until = Reader(note).optional_time("until");
    if (!until) return true;
    const Timestamp now = system_clock().now();
    if (*until >= now && *until <= now + 2 * return_lifetime) return false;
    Reader reader(note);
    const auto left_behind = fields("_id", *note.find("_id"), "removal",
                                    reader.optional_id<RemovalId>("removal"), "until", *until);
    MIM_TRY(taken_over, link.update(names::leaving, left_behind, anybodys()));
    return taken_over == 1;
}

Rest rest_after(const std::vector<bson::Document>& part, std::int64_t most) {
    return static_cast<std::int64_t>(part.size()) < most ? Rest::none : Rest::some;
}

// A part of what matches; into the trash where there is an entry.
Result<Rest> move_part(Commands& commands, const char* from, const char* to, const bson::Document& which,
                       const std::optional<app::TrashId>& entry) {
    const auto wanted = entry ? bson::Document() : fields("_id", 1);
    MIM_TRY(part, commands.find(from, {.filter = which, .fields = wanted, .limit = most_of_a_part}));
    if (part.empty()) return Rest::none;
    if (entry) {
        MIM_CHECK(
            commands.remove(to, fields("_id", among(part)), Several::all));  // copied by an older version
        MIM_CHECK(put_into_trash(commands, to, part, *entry));
    }
    MIM_CHECK(commands.remove(from, fields("_id", among(part)), Several::all));
    return rest_after(part, most_of_a_part);
}

// What one part of a database's removal found.
struct Found {
    Rest rest = Rest::none;
    std::vector<bson::Document> syncs{};
};

// Ids that left may have come back by a restore, and its database with other syncs, so all is of one moment
// with the note of the leaving: who was stopped in the middle removes nothing of that afterwards.
Done move_part_of_database(Commands& commands, bson::DocumentView leaving, Found& found) {
    const auto next = fields("$inc", fields("parts", std::int64_t{1}));
    MIM_TRY(note, commands.find_and_modify(names::leaving, same_as(leaving), next, Answer::before));
    if (!note) return {};
    const auto entry = Reader(*note).optional_id<app::TrashId>("trash");
    const auto of_it = fields("database", Reader(leaving).id<DatabaseId>("_id"));
    MIM_TRY(definitions, move_part(commands, names::definitions, names::trash_definitions, of_it, entry));
    MIM_TRY(notes, move_part(commands, names::made_collections, names::trash_collections, of_it, entry));
    MIM_TRY(counts, move_part(commands, names::definition_counts, nullptr, of_it, std::nullopt));
    MIM_TRY(syncs,
            commands.find(names::syncs,
                          {.filter = of_it, .fields = fields("_id", 1), .limit = most_syncs_of_a_part}));
    const bool some = definitions == Rest::some || notes == Rest::some || counts == Rest::some;
    found.rest = some ? Rest::some : Rest::none;
    found.syncs = std::move(syncs);
    return {};
}

// By their syncs, as that is what the records have an index of. These go after them: whoever is interrupted
// finds them again.
Done remove_syncs(Link& link, const std::vector<bson::Document>& syncs) {
    if (syncs.empty()) return {};
    MIM_CHECK(link.remove(names::sync_records, fields("sync", among(syncs)), Several::all));
    MIM_CHECK(link.remove(names::syncs, fields("_id", among(syncs)), Several::all));
    return {};
}

Result<Rest> remove_part_of_database(Link& link, bson::DocumentView note) {
    Found found;
    MIM_CHECK(link.in_transaction([&](Commands& commands) {
        found = {};
        return move_part_of_database(commands, note, found);
    }));
    MIM_CHECK(remove_syncs(link, found.syncs));
    return found.rest == Rest::some ? Rest::some : rest_after(found.syncs, most_syncs_of_a_part);
}

// Nothing of an entry that was taken out comes back under its id.
Result<Rest> remove_part_of_entry(Link& link, const app::TrashId& entry) {
    const auto of_it = fields("trash", entry);
    MIM_TRY(definitions, move_part(link, names::trash_definitions, nullptr, of_it, std::nullopt));
    MIM_TRY(notes, move_part(link, names::trash_collections, nullptr, of_it, std::nullopt));
    return definitions == Rest::some ? definitions : notes;
}

Result<Rest> remove_part(Link& link, bson::DocumentView note) {
    Reader reader(note);
    if (reader.flag("entry")) return remove_part_of_entry(link, reader.id<app::TrashId>("_id"));
    return remove_part_of_database(link, note);
}

}  // namespace

Done let_leave(Commands& commands, bson::DocumentView database, const std::optional<app::Discard>& discard) {
    Reader reader(database);
    const auto id = reader.id<DatabaseId>("_id");
    MIM_CHECK(reader.whole("a database"));
    if (discard) MIM_CHECK(put_database_into_trash(commands, database, *discard));
    MIM_CHECK(commands.remove(names::databases, fields("_id", id), Several::one));
    const auto entry = discard ? std::optional(discard->as) : std::nullopt;
    return commands.insert(names::leaving,
                           {fields("_id", id, "removal", RemovalId::generate(), "trash", entry)});
}

Done let_parts_leave(Commands& commands, const app::TrashId& entry) {
    return commands.insert(names::leaving, {fields("_id", entry, "entry", true)});
}

Done go_no_further(Commands& commands, const DatabaseId& database, const app::TrashId& entry) {
    MIM_CHECK(commands.update(names::leaving, fields("_id", database, "trash", entry),
                              fields("$unset", fields("trash", true, "until", true))));
    return {};
}

bson::Document note_of_return(const DatabaseId& database, const app::TrashId& entry) {
    return fields("_id", database, "removal", RemovalId::generate(), "trash", entry, "until",
                  system_clock().now() + return_lifetime);
}

Result<bool> renew_return(Commands& commands, bson::DocumentView note) {
    const auto longer = setting("until", system_clock().now() + return_lifetime);
    MIM_TRY(renewed, commands.update(names::leaving, returned_by(note), longer));
    return renewed == 1;
}

Result<bool> end_return(Commands& commands, bson::DocumentView note) {
    MIM_TRY(ended, commands.remove(names::leaving, returned_by(note), Several::one));
    return ended == 1;
}

Done give_up_return(Commands& commands, bson::DocumentView note) {
    MIM_CHECK(commands.update(names::leaving, returned_by(note), anybodys()));
    return {};
}

bson::Document among(const std::vector<bson::Document>& found) {
    bson::Builder ids;
    std::size_t position = 0;
    for (const auto& each : found) {
        if (const auto id = each.find("_id")) ids.add(std::to_string(position++), *id);
    }
    return fields("$in", ArrayOf{ids.take()});
}

Result<bool> is_leaving(Commands& commands, const DatabaseId& database) {
    MIM_TRY(note, commands.find_one(names::leaving, fields("_id", database), fields("_id", 1)));
    return note.has_value();
}

Done sweep(Link& link, std::size_t most_parts) {
    MIM_TRY(notes, link.find(names::leaving, {.filter = {}}));
    for (const auto& note : notes) {
        MIM_TRY(ours, may_be_swept(link, note));
        if (!ours) continue;
        for (Rest rest = Rest::some; rest == Rest::some; --most_parts) {
            if (most_parts == 0) return {};
            MIM_TRY(after, remove_part(link, note));
            rest = after;
        }
        MIM_CHECK(link.remove(names::leaving, same_as(note), Several::one));
    }
    return {};
}

}  // namespace mim::store::mongodb
