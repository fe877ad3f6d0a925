#include "index/definition/index_option.hpp"

#include <algorithm>
#include <array>

#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

constexpr ServerVersion always{0, 0};
constexpr std::int32_t usual_sphere_version = 3;
constexpr std::int32_t usual_index_version = 2;

constexpr std::array options{
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
                .contract = ContractName{"is_unique", 1},
                .identity = IdentityRole{1, " unique", version_5_0},
                .altered_since = version_6_0},
    IndexOption{.name = "hidden",
                .kind = OptionKind::strict_flag,
                .contract = ContractName{"is_hidden", 4},
                .since = version_4_4,
                .altered_since = version_4_4},
    IndexOption{.name = "partialFilterExpression",
                .kind = OptionKind::filter,
                .contract = ContractName{"partial_filter_expression", 6},
                .identity = IdentityRole{4, " filter=", version_5_0}},
    IndexOption{.name = "sparse",
                .kind = OptionKind::flag,
                .contract = ContractName{"is_sparse", 3},
                .identity = IdentityRole{2, " sparse", version_5_0}},
    IndexOption{.name = "expireAfterSeconds",
                .kind = OptionKind::seconds,
                .contract = ContractName{"expire_after_seconds", 2},
                .altered_since = always},
    IndexOption{
        .name = "storageEngine", .kind = OptionKind::document, .contract = ContractName{"storage_engine", 8}},
    IndexOption{.name = "weights", .kind = OptionKind::weights, .contract = ContractName{"weights", 11}},
    IndexOption{.name = "default_language",
                .kind = OptionKind::text,
                .contract = ContractName{"default_language", 9},
                .usual_text = usual_language,
                .filled_in_for = KeyType::text},
    IndexOption{.name = "language_override",
                .kind = OptionKind::text,
                .contract = ContractName{"language_override", 10},
                .usual_text = usual_language_override,
                .filled_in_for = KeyType::text},
    IndexOption{.name = "textIndexVersion",
                .kind = OptionKind::index_version,
                .contract = ContractName{"text_index_version", 12},
                .usual_number = usual_text_version,
                .filled_in_for = KeyType::text},
    IndexOption{.name = "2dsphereIndexVersion",
                .kind = OptionKind::index_version,
                .contract = ContractName{"sphere_index_version", 13},
                .usual_number = usual_sphere_version,
                .filled_in_for = KeyType::sphere_2d},
    IndexOption{.name = "bits", .kind = OptionKind::whole, .contract = ContractName{"bits", 14}},
    IndexOption{.name = "min", .kind = OptionKind::fraction, .contract = ContractName{"min", 15}},
    IndexOption{.name = "max", .kind = OptionKind::fraction, .contract = ContractName{"max", 16}},
    IndexOption{.name = "bucketSize", .kind = OptionKind::fraction},
    IndexOption{.name = "collation",
                .kind = OptionKind::collation,
                .contract = ContractName{"collation", 5},
                .identity = IdentityRole{3, " collation=", always}},
    IndexOption{.name = "wildcardProjection",
                .kind = OptionKind::projection,
                .contract = ContractName{"wildcard_projection", 7},
                .identity = IdentityRole{5, " projection=", version_5_0}},
    IndexOption{.name = "columnstoreProjection", .kind = OptionKind::anything},
    IndexOption{.name = "coarsestIndexedLevel", .kind = OptionKind::whole},
    IndexOption{.name = "finestIndexedLevel", .kind = OptionKind::whole},
    IndexOption{.name = "dropDups",
                .kind = OptionKind::unjudged_flag,
                .left_out_since = always,
                .compared = Compared::disregarded},
    IndexOption{.name = "originalSpec", .kind = OptionKind::anything, .compared = Compared::no},
    IndexOption{.name = "clustered", .kind = OptionKind::flag, .since = version_5_3},
    IndexOption{.name = "prepareUnique",
                .kind = OptionKind::flag,
                .since = version_6_0,
                .altered_since = version_6_0},
};

}  // namespace

std::span<const IndexOption> index_options() {
    return options;
}

const IndexOption* find_index_option(std::string_view name) {
    const auto* const found = std::ranges::find(options, name, &IndexOption::name);
    return found != options.end() ? found : nullptr;
}

bool is_flag(OptionKind kind) {
    return kind == OptionKind::flag || kind == OptionKind::strict_flag || kind == OptionKind::unjudged_flag;
}

bool is_whole(OptionKind kind) {
    return kind == OptionKind::whole || kind == OptionKind::index_version;
}

}  // namespace mim::index
