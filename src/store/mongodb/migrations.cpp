#include "store/mongodb/migrations.hpp"

#include "bson/json.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

Done create_index(Link& link, const WantedIndex& wanted) {
    MIM_TRY(index, bson::parse_json(wanted.index));
    MIM_CHECK(link.run(fields("createIndexes", wanted.collection, "indexes", documents(index)),
                       drivers::mongoc::Nature::write));
    return {};
}

Done make_update(Link& link, const WantedUpdate& wanted) {
    MIM_TRY(filter, bson::parse_json(wanted.filter));
    MIM_TRY(change, bson::parse_json(wanted.change));
    MIM_CHECK(link.update(wanted.collection, filter, change, Several::all));
    return {};
}

Done note(Link& link, const Migration& migration, Timestamp now) {
    const auto entry = fields("_id", migration.version, "name", migration.name, "applied_at", now);
    const auto noted = link.insert(names::migrations, {entry});
    if (!noted && noted.error().code != ErrorCode::already_exists) return noted;
    return {};
}

}  // namespace

Result<std::int64_t> version_of(Link& link) {
    MIM_TRY(newest,
            link.find(names::migrations,
                      {.filter = {}, .sort = fields("_id", -1), .fields = {}, .skip = 0, .limit = 1}));
    if (newest.empty()) return 0;
    Reader reader(newest.front());
    const auto version = reader.integer("_id");
    MIM_CHECK(reader.whole("the number of a migration"));
    return version;
}

Done migrate(Link& link, std::span<const Migration> migrations, Timestamp now) {
    const std::int64_t known = migrations.empty() ? 0 : migrations.back().version;
    MIM_TRY(version, version_of(link));
    if (version > known) {
        return Error(ErrorCode::store_failed, "the store's schema is version " + std::to_string(version) +
                                                  ", but this binary knows only up to version " +
                                                  std::to_string(known) +
                                                  "; start the newer mim that wrote it");
    }
    for (const auto& migration : migrations) {
        if (migration.version <= version) continue;
        for (const auto& index : migration.indexes) MIM_CHECK(create_index(link, index));
        for (const auto& update : migration.updates) MIM_CHECK(make_update(link, update));
        MIM_CHECK(note(link, migration, now));
    }
    return {};
}

}  // namespace mim::store::mongodb
