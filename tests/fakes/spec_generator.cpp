#include "fakes/spec_generator.hpp"

#include <algorithm>
#include <array>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "index/definition/key_type.hpp"

namespace mim::fakes {
namespace {

using bson::Builder;
using bson::Document;

// Several of them look like parts of a signature.
constexpr std::array<std::string_view, 22> names{"a",
                                                 "b",
                                                 "c",
                                                 "d",
                                                 "customer_id",
                                                 "created_at",
                                                 "address.city",
                                                 "a_1",
                                                 "a_-1",
                                                 "x y",
                                                 "1",
                                                 "text",
                                                 "b_2d",
                                                 "q\"uote",
                                                 "tail_",
                                                 "_lead",
                                                 "\xC3\xBC"
                                                 "bung",
                                                 "hashed",
                                                 "k.id",
                                                 "e.f.g",
                                                 "n_0.5",
                                                 "p{}"};

constexpr std::array<std::string_view, 10> filters{
    R"({"status": "active"})",
    R"({"n": {"$gt": 5}})",
    R"({"n": {"$gte": 5, "$lt": 10}, "k": true})",
    R"({"$and": [{"k": {"$exists": true}}, {"n": {"$lte": {"$numberLong": "7"}}}]})",
    R"({"t": {"$type": "string"}})",
    R"({"$or": [{"s": "x"}, {"n": {"$in": [1, 2.5, "z"]}}]})",
    R"({"d": {"$gt": {"$date": {"$numberLong": "1600000000000"}}}})",
    R"({"o": {"p": 1, "q": [1, {"$numberDecimal": "1.50"}]}})",
    R"({"a.b": null, "id": {"$oid": "0123456789abcdef01234567"}})",
    R"({})"};

Document parsed(std::string_view json) {
    return bson::parse_json(json).value();
}

}  // namespace

std::string SpecGenerator::field_name() {
    return std::string(one_of(names));
}

std::string SpecGenerator::fresh_field(std::vector<std::string>& used) {
    std::string name = field_name();
    while (std::find(used.begin(), used.end(), name) != used.end())
        name += static_cast<char>('a' + below(26));
    used.push_back(name);
    return name;
}

void SpecGenerator::add_direction(Builder& key, std::string_view field) {
    const int sign = chance(50) ? 1 : -1;
    switch (below(8)) {
        case 0:
            key.add(field, static_cast<std::int64_t>(sign));
            break;
        case 1:
            key.add(field, static_cast<double>(sign));
            break;
        case 2:
            key.add(field, std::int32_t{5 * sign});
            break;
        case 3:
            key.add(field, 0.5 * sign);
            break;
        default:
            key.add(field, std::int32_t{sign});
            break;
    }
}

Document SpecGenerator::plain_key() {
    Builder key;
    std::vector<std::string> used;
    const int fields = chance(50) ? 1 : 1 + below(4);
    for (int i = 0; i < fields; ++i) add_direction(key, fresh_field(used));
    return key.take();
}

Document SpecGenerator::text_key() {
    Builder key;
    std::vector<std::string> used;
    if (chance(25)) key.add(fresh_field(used), std::int32_t{1});
    const int fields = 1 + below(3);
    for (int i = 0; i < fields; ++i)
        key.add(chance(15) && i == 0 ? std::string("$**") : fresh_field(used), "text");
    if (chance(25)) key.add(fresh_field(used), std::int32_t{-1});
    return key.take();
}

Document SpecGenerator::special_key(std::string_view type) {
    Builder key;
    std::vector<std::string> used;
    if (type != "2d" && chance(30)) add_direction(key, fresh_field(used));
    key.add(fresh_field(used), type);
    if (chance(30)) add_direction(key, fresh_field(used));
    return key.take();
}

Document SpecGenerator::wildcard_key() {
    Builder key;
    std::vector<std::string> used;
    if (chance(25)) key.add(fresh_field(used), std::int32_t{-1});
    key.add(chance(60) ? std::string("$**") : "w." + fresh_field(used) + ".$**", std::int32_t{1});
    return key.take();
}

Document SpecGenerator::key() {
    switch (below(12)) {
        case 0:
        case 1:
            return text_key();
        case 2:
            return special_key("2d");
        case 3:
            return special_key("2dsphere");
        case 4:
            return special_key("hashed");
        case 5:
        case 6:
            return wildcard_key();
        default:
            return plain_key();
    }
}

Document SpecGenerator::collation() {
    constexpr std::array<std::string_view, 8> locales{"en",     "fr", "fr_CA", "de@collation=phonebook",
                                                      "simple", "da", "th",    "vi@collation=search"};
    const auto locale = one_of(locales);
    Builder collation;
    collation.add("locale", locale);
    if (locale == "simple") return collation.take();
    if (chance(50)) collation.add("strength", std::int32_t{2 + below(4)});
    if (chance(20)) collation.add("numericOrdering", chance(50));
    if (chance(20)) collation.add("alternate", chance(50) ? "shifted" : "non-ignorable");
    if (chance(20)) collation.add("backwards", chance(50));
    if (chance(10)) collation.add("version", "57.1");
    return collation.take();
}

Document SpecGenerator::filter() {
    return parsed(one_of(filters));
}

void SpecGenerator::add_general_options(const Document& key, Builder& options) {
    const auto type = index::key_type(key);
    if (chance(10)) options.add("v", chance(70) ? std::int32_t{2} : std::int32_t{1});
    if (chance(20)) options.add("unique", chance(70));
    if (chance(15)) options.add("background", chance(50));
    if (chance(15)) options.add("hidden", chance(70));
    if (chance(8)) options.add("prepareUnique", chance(70));
    if (chance(15)) options.add("sparse", chance(70));
    if (chance(20)) options.add("partialFilterExpression", filter());
    if (key.size() == 1 && chance(25)) options.add("expireAfterSeconds", static_cast<double>(below(100000)));
    const bool refuses = type == index::KeyType::text || type == index::KeyType::planar_2d;
    if (refuses && chance(60)) options.add("collation", parsed(R"({"locale": "simple"})"));
    if (!refuses && chance(30)) options.add("collation", collation());
    if (chance(5))
        options.add("storageEngine", parsed(R"({"wiredTiger": {"configString": "block_compressor=zlib"}})"));
}

void SpecGenerator::add_text_options(Builder& options) {
    constexpr std::array<std::string_view, 4> languages{"english", "spanish", "none", "de"};
    if (chance(40)) options.add("default_language", one_of(languages));
    if (chance(30)) options.add("language_override", chance(50) ? "language" : "idioma");
    if (chance(20)) options.add("textIndexVersion", std::int32_t{1 + below(3)});
    if (chance(10)) {
        options.add("weights", "$**");
    } else if (chance(40)) {
        options.add("weights",
                    Builder().add(field_name(), std::int32_t{1 + below(20)}).add("extra", 3.0).take());
    }
}

void SpecGenerator::add_geo_options(std::string_view type, Builder& options) {
    if (type == "2dsphere") {
        if (chance(30)) options.add("2dsphereIndexVersion", std::int32_t{1 + below(3)});
        if (chance(20)) options.add("coarsestIndexedLevel", std::int32_t{below(10)});
        if (chance(20)) options.add("finestIndexedLevel", std::int32_t{10 + below(20)});
        return;
    }
    if (chance(40)) options.add("bits", std::int32_t{1 + below(32)});
    if (chance(30)) options.add("min", -90.0 - below(50)).add("max", std::int32_t{90 + below(50)});
}

void SpecGenerator::add_wildcard_options(const Document& key, Builder& options) {
    if (!key.contains("$**") || (key.size() == 1 && chance(50))) return;
    Builder projection;
    const bool include = chance(50);
    if (chance(30)) projection.add("_id", std::int32_t{include ? below(2) : 1});
    for (const auto field : key) {
        if (!include && field.key() != "$**") projection.add(field.key(), std::int32_t{0});
    }
    if (chance(30)) {
        projection.add("zz", Builder().add("x", std::int32_t{include}).add("y", include).take());
    } else {
        projection.add("zz.x", include).add("yy", include ? 1.0 : 0.0);
    }
    options.add("wildcardProjection", projection.take());
}

void SpecGenerator::add_own_options(const Document& key, Builder& options) {
    const auto type = index::key_type(key);
    if (type == index::KeyType::text) add_text_options(options);
    if (type == index::KeyType::wildcard) add_wildcard_options(key, options);
    if (type == index::KeyType::planar_2d || type == index::KeyType::sphere_2d) {
        add_geo_options(index::to_string(type), options);
    }
}

index::Spec SpecGenerator::next() {
    index::Spec spec;
    spec.key = key();
    spec.name = chance(70) ? index::default_name(spec.key) : "index " + std::to_string(below(1000));
    Builder options;
    const bool plain = chance(15);
    if (!plain) add_general_options(spec.key, options);
    add_own_options(spec.key, options);
    spec.options = options.take();
    return spec;
}

}  // namespace mim::fakes
