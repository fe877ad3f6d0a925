#include "index/definition/index_option.hpp"

#include <algorithm>
#include <array>

#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

constexpr ServerVersion always{0, 0};
constexpr std::int32_t usual_sphere_version = 3;
constexpr std::int32_t usual_index_version = 2;

constexpr std::array all_options{
    IndexOption{.name = "v",
                .kind = OptionKind::whole,
                .usual_number = usual_index_version,
                .compared = Compared::no},
    IndexOption{.name = "ns",
                .kind = OptionKind::anything,
                .left_out_since = version_4_4,
                .compared = Compared::disregarded},
    IndexOption{.name = "background", .kind = OptionKind::flag, .compared = Compared::disregarded},
    IndexOption{.name = "unique",
                .kind = OptionKind::flag,
                .contract = ContractEntry{"is_unique", 1, "Refuses two documents with the same key", "false"},
                .identity = IdentityRole{1, " unique", version_5_0},
                .altered_since = version_6_0},
    IndexOption{
        .name = "hidden",
        .kind = OptionKind::strict_flag,
        .contract = ContractEntry{"is_hidden", 4, "Kept up to date, but not used by queries", "false"},
        .since = version_4_4,
        .altered_since = version_4_4},
    IndexOption{
        .name = "partialFilterExpression",
        .kind = OptionKind::filter,
        .contract =
            ContractEntry{
                "partial_filter_expression", 6,
                "A filter, as Extended JSON: only documents that match are in the index. Absent: all"},
        .identity = IdentityRole{4, " filter=", version_5_0}},
    IndexOption{.name = "sparse",
                .kind = OptionKind::flag,
                .contract = ContractEntry{"is_sparse", 3, "Leaves out documents without the field", "false"},
                .identity = IdentityRole{2, " sparse", version_5_0}},
    IndexOption{.name = "expireAfterSeconds",
                .kind = OptionKind::seconds,
                .contract = ContractEntry{"expire_after_seconds", 2,
                                          "Time to live: documents go that many seconds after the date in "
                                          "the field. Absent: they stay"},
                .altered_since = always},
    IndexOption{
        .name = "storageEngine",
        .kind = OptionKind::document,
        .contract = ContractEntry{"storage_engine", 8, "Options of the storage engine, as Extended JSON"}},
    IndexOption{
        .name = "weights",
        .kind = OptionKind::weights,
        .contract = ContractEntry{"weights", 11,
                                  "Of a text index: a number from 1 to 99999 by field. Absent: 1 each"}},
    IndexOption{.name = "default_language",
                .kind = OptionKind::text,
                .contract = ContractEntry{"default_language", 9, "Of a text index", "\"english\""},
                .usual_text = usual_language,
                .filled_in_for = KeyType::text},
    IndexOption{.name = "language_override",
                .kind = OptionKind::text,
                .contract = ContractEntry{"language_override", 10,
                                          "Of a text index: the field that names a document's language",
                                          "\"language\""},
                .usual_text = usual_language_override,
                .filled_in_for = KeyType::text},
    IndexOption{.name = "textIndexVersion",
                .kind = OptionKind::index_version,
                .contract = ContractEntry{"text_index_version", 12, "1 to 3. Absent: the server's newest"},
                .usual_number = usual_text_version,
                .filled_in_for = KeyType::text},
    IndexOption{.name = "2dsphereIndexVersion",
                .kind = OptionKind::index_version,
                .contract = ContractEntry{"sphere_index_version", 13,
                                          "Of a 2dsphere index. Absent: the server's newest"},
                .usual_number = usual_sphere_version,
                .filled_in_for = KeyType::sphere_2d},
    IndexOption{.name = "bits",
                .kind = OptionKind::whole,
                .contract = ContractEntry{"bits", 14, "Of a 2d index: its precision, 1 to 32", "26"}},
    IndexOption{.name = "min",
                .kind = OptionKind::fraction,
                .contract = ContractEntry{"min", 15, "Of a 2d index: the least coordinate", "-180"}},
    IndexOption{.name = "max",
                .kind = OptionKind::fraction,
                .contract = ContractEntry{"max", 16, "Of a 2d index: the greatest coordinate", "180"}},
    IndexOption{.name = "bucketSize", .kind = OptionKind::fraction},
    IndexOption{
        .name = "collation",
        .kind = OptionKind::collation,
        .contract = ContractEntry{"collation", 5, "How texts are compared. Absent: as in the collection"},
        .identity = IdentityRole{3, " collation=", always}},
    IndexOption{
        .name = "wildcardProjection",
        .kind = OptionKind::projection,
        .contract =
            ContractEntry{"wildcard_projection", 7,
                          "Of a wildcard index on $**: the fields that are in it or left out. Absent: all"},
        .identity = IdentityRole{5, " projection=", version_5_0}},
    IndexOption{.name = "columnstoreProjection", .kind = OptionKind::anything, .since = version_5_1},
    IndexOption{.name = "coarsestIndexedLevel", .kind = OptionKind::whole},
    IndexOption{.name = "finestIndexedLevel", .kind = OptionKind::whole},
    IndexOption{.name = "dropDups",
                .kind = OptionKind::unjudged_flag,
                .left_out_since = always,
                .compared = Compared::disregarded},
    IndexOption{
        .name = "originalSpec", .kind = OptionKind::anything, .since = version_5_1, .compared = Compared::no},
    IndexOption{.name = "clustered", .kind = OptionKind::flag, .since = version_5_3},
    IndexOption{.name = "prepareUnique",
                .kind = OptionKind::flag,
                .since = version_6_0,
                .altered_since = version_6_0},
};

}  // namespace

std::span<const IndexOption> index_options() {
    return all_options;
}

const IndexOption* find_index_option(std::string_view name) {
    const auto* const found = std::ranges::find(all_options, name, &IndexOption::name);
    return found != all_options.end() ? found : nullptr;
}

bool is_flag(OptionKind kind) {
    return kind == OptionKind::flag || kind == OptionKind::strict_flag || kind == OptionKind::unjudged_flag;
}

bool is_whole(OptionKind kind) {
    return kind == OptionKind::whole || kind == OptionKind::index_version;
}

}  // namespace mim::index
