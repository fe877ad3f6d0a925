// The locales MongoDB brings data for. Source: the manual's page "Collation Locales and Default Parameters",
// and mongo src/mongo/db/query/collation/collator_factory_icu_locales_test.cpp. A name that ICU would have to
// change first (en_GB, en-US) is refused by the server, so the list is exact.
#include <array>

#include "base/contains.hpp"
#include "index/definition/collation.hpp"

namespace mim::index {
namespace {

constexpr std::array<std::string_view, 100> locales{
    "af",          "am", "ar", "as",  "az",  "be",    "bg",  "bn",      "bo", "bs",  "bs_Cyrl", "ca",
    "chr",         "cs", "cy", "da",  "de",  "de_AT", "dsb", "dz",      "ee", "el",  "en",      "en_US",
    "en_US_POSIX", "eo", "es", "et",  "fa",  "fa_AF", "fi",  "fil",     "fo", "fr",  "fr_CA",   "ga",
    "gl",          "gu", "ha", "haw", "he",  "hi",    "hr",  "hsb",     "hu", "hy",  "id",      "ig",
    "is",          "it", "ja", "ka",  "kk",  "kl",    "km",  "kn",      "ko", "kok", "ky",      "lb",
    "lkt",         "ln", "lo", "lt",  "lv",  "mk",    "ml",  "mn",      "mr", "ms",  "mt",      "my",
    "nb",          "ne", "nl", "nn",  "om",  "or",    "pa",  "pl",      "ps", "pt",  "ro",      "ru",
    "se",          "si", "sk", "sl",  "smn", "sq",    "sr",  "sr_Latn", "sv", "sw",  "ta",      "te",
    "th",          "to", "tr", "ug"};
constexpr std::array<std::string_view, 9> more_locales{"uk", "ur", "vi",      "wae", "yi",
                                                       "yo", "zh", "zh_Hant", "zu"};

constexpr std::array<std::string_view, 13> variants{
    "big5han", "compat", "dictionary", "eor",         "gb2312han", "phonebook", "phonetic",
    "pinyin",  "search", "searchjl",   "traditional", "unihan",    "zhuyin"};

}  // namespace

bool is_known_locale(std::string_view locale) {
    constexpr std::string_view keyword = "@collation=";
    const auto at = locale.find(keyword);
    if (at != std::string_view::npos && !contains(variants, locale.substr(at + keyword.size()))) return false;
    const auto base = locale.substr(0, at);
    return contains(locales, base) || contains(more_locales, base);
}

Collation collation_defaults(std::string_view locale) {
    Collation defaults;
    defaults.locale = locale;
    defaults.backwards = locale == "fr_CA";  // French accents in Canada weigh from the end
    return defaults;
}

}  // namespace mim::index
