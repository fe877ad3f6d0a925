// The locales that MongoDB has data for, their variants, and what each fills in where a collation leaves a
// member out. It comes from ICU, of which MongoDB has always shipped 57.1: the table was asked of a server.
// A name that ICU would have to change first (en_GB, en-US, zh@collation=pinyin) is refused by the server, so
// it is exact.
#include <algorithm>
#include <iterator>

#include "bson/builder.hpp"
#include "index/definition/collation.hpp"

namespace mim::index {
namespace {

constexpr std::string_view variant_keyword = "@collation=";

// The members in which locales differ; all others have the general defaults in every locale.
struct Profile {
    std::string_view case_first = "off";
    std::string_view alternate = "non-ignorable";
    bool normalization = false;
    bool backwards = false;
};
struct LocaleRow {
    std::string_view locale;
    const Profile* profile;
    std::string_view variants;  // between spaces
};
struct VariantRow {
    std::string_view locale;  // empty: of every locale
    std::string_view variant;
    const Profile* profile;
};

namespace table {
#include "index/definition/collation_table.inc"
}

const LocaleRow* row_of(std::string_view locale) {
    const auto found = std::find_if(std::begin(table::locales), std::end(table::locales),
                                    [locale](const LocaleRow& row) { return row.locale == locale; });
    return found == std::end(table::locales) ? nullptr : found;
}

bool among_words(std::string_view words, std::string_view wanted) {
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == wanted) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

// None: the server refuses the name.
const Profile* profile_of(std::string_view locale) {
    const auto at = locale.find(variant_keyword);
    const LocaleRow* const row = row_of(locale.substr(0, at));
    if (row == nullptr) return nullptr;
    if (at == std::string_view::npos) return row->profile;
    const auto variant = locale.substr(at + variant_keyword.size());
    const bool of_all = std::find(std::begin(table::variants_of_all), std::end(table::variants_of_all),
                                  variant) != std::end(table::variants_of_all);
    if (!of_all && !among_words(row->variants, variant)) return nullptr;
    for (const VariantRow& each : table::variants) {
        const bool here = each.locale.empty() || each.locale == row->locale;
        if (here && each.variant == variant) return each.profile;
    }
    return &table::general;
}

}  // namespace

bool is_known_locale(std::string_view locale) {
    return profile_of(locale) != nullptr;
}

std::string_view without_variant(std::string_view locale) {
    return locale.substr(0, locale.find(variant_keyword));
}

std::optional<Collation> collation_defaults(std::string_view locale) {
    const Profile* const profile = profile_of(locale);
    if (profile == nullptr) return std::nullopt;
    Collation defaults;
    defaults.locale = locale;
    defaults.case_first = profile->case_first;
    defaults.alternate = profile->alternate;
    defaults.normalization = profile->normalization;
    defaults.backwards = profile->backwards;
    return defaults;
}

bson::Document defaults_of_its_own(std::string_view locale) {
    const Profile* const profile = profile_of(locale);
    if (profile == nullptr) return {};
    const Profile general;
    bson::Builder builder;
    if (profile->case_first != general.case_first) builder.add("caseFirst", profile->case_first);
    if (profile->alternate != general.alternate) builder.add("alternate", profile->alternate);
    if (profile->normalization != general.normalization) builder.add("normalization", profile->normalization);
    if (profile->backwards != general.backwards) builder.add("backwards", profile->backwards);
    return builder.take();
}

}  // namespace mim::index
