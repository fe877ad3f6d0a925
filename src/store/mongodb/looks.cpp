#include "store/mongodb/looks.hpp"

#include <algorithm>
#include <iterator>

#include "drivers/icu/looks.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

// A document found without looks.
struct Unseen {
    bson::Document as_it_is;  // a filter for it, while it has the names that it was found with
    bson::Document others;    // and for all but it
    Looks looks;
};

Result<Unseen> read_unseen(const bson::Document& document, std::initializer_list<const char*> name_fields) {
    const auto id = document.find("_id");
    if (!id) return Error(ErrorCode::store_failed, "the store holds a document without an id");
    bson::Builder filter;
    filter.add("_id", *id);
    Reader reader(document);
    Unseen unseen{.as_it_is = {}, .others = fields("_id", fields("$ne", *id)), .looks = {}};
    for (const char* field : name_fields) {
        const std::string name = reader.text(field);
        filter.add(field, name);
        MIM_TRY(looks, looks_of({name}));
        unseen.looks.insert(unseen.looks.end(), looks.begin(), looks.end());
    }
    MIM_CHECK(reader.whole("a name"));
    unseen.as_it_is = filter.take();
    return unseen;
}

bson::Document look_fields(const Looks& looks, const Looks& held) {
    return fields("looks", array_of(looks), "held_looks", array_of(held), "looks_version",
                  icu::looks_version());
}

bson::Document both_of(const bson::Document& document, const bson::Document& more) {
    bson::Builder both;
    both.add_all(document.view());
    both.add_all(more.view());
    return both.take();
}

// No array may be empty: a unique index takes two of them for equal.
bson::Document change_to(const Looks& looks, const Looks& held) {
    if (!held.empty()) return fields("$set", look_fields(looks, held));
    return fields("$set", fields("looks", array_of(looks), "looks_version", icu::looks_version()), "$unset",
                  fields("held_looks", true));
}

// False: another one holds one of `held`.
Result<bool> give_looks(Link& link, const char* collection, const Unseen& unseen, const Looks& held) {
    const auto given = link.update(collection, unseen.as_it_is, change_to(unseen.looks, held));
    if (!given && given.error().code == ErrorCode::already_exists) return false;
    if (!given) return given.error();
    return true;
}

Result<Looks> those_that_nobody_holds(Link& link, const char* collection, const Unseen& unseen) {
    Looks free;
    for (const auto& look : unseen.looks) {
        MIM_TRY(holders, link.count(collection, both_of(fields("held_looks", look), unseen.others)));
        if (holders == 0) free.push_back(look);
    }
    return free;
}

Done note_looks(Link& link, const char* collection, const Unseen& unseen) {
    MIM_TRY(all, give_looks(link, collection, unseen, unseen.looks));
    if (all) return {};
    MIM_TRY(free, those_that_nobody_holds(link, collection, unseen));
    MIM_TRY(some, give_looks(link, collection, unseen, free));
    if (some) return {};
    MIM_CHECK(give_looks(link, collection, unseen, {}));  // somebody took one at this moment
    return {};
}

// The older one of two that look alike holds the look.
Done note_missing_in(Link& link, const char* collection, std::initializer_list<const char*> name_fields) {
    MIM_TRY(found,
            link.find(collection, {.filter = fields("looks_version", fields("$ne", icu::looks_version())),
                                   .sort = fields("created_at", 1, "_id", 1)}));
    for (const auto& document : found) {
        MIM_TRY(unseen, read_unseen(document, name_fields));
        MIM_CHECK(note_looks(link, collection, unseen));
    }
    return {};
}

}  // namespace

Result<Looks> looks_of(std::initializer_list<std::string_view> names) {
    Looks looks;
    for (const auto name : names) {
        MIM_TRY(some, icu::looks_of(name));
        looks.insert(looks.end(), some.begin(), some.end());
    }
    return looks;
}

bson::Document with_looks(const bson::Document& document, const Looks& looks) {
    return both_of(document, look_fields(looks, looks));
}

Result<bson::Document> with_looks_beside(const bson::Document& document, const bson::Document& before,
                                         std::string_view kept_name, const Looks& looks) {
    Reader reader(before);
    const Looks held_before = reader.present("held_looks") ? reader.texts("held_looks") : Looks();
    MIM_TRY(all, looks_of({kept_name}));
    Looks held;
    std::copy_if(all.begin(), all.end(), std::back_inserter(held), [&held_before](const auto& look) {
        return std::find(held_before.begin(), held_before.end(), look) != held_before.end();
    });
    all.insert(all.end(), looks.begin(), looks.end());
    held.insert(held.end(), looks.begin(), looks.end());
    return both_of(document, look_fields(all, held));
}

Done note_missing_looks(Link& link) {
    MIM_CHECK(note_missing_in(link, names::users, {"username", "email"}));
    return note_missing_in(link, names::databases, {"name"});
}

}  // namespace mim::store::mongodb
