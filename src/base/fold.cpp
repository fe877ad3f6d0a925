#include "base/fold.hpp"

#include "base/ascii.hpp"

namespace mim {
namespace {

// Code points of two bytes in UTF-8 only: U+0080 to U+07FF.
char32_t lower(char32_t letter) {
    const auto within = [letter](char32_t first, char32_t last) { return letter >= first && letter <= last; };
    if (within(0xC0, 0xDE) && letter != 0xD7)
        return letter + 0x20;          // À to Þ, but not the multiplication sign
    if (letter == 0x178) return 0xFF;  // Ÿ
    // Pairs, the upper case even: Ā ā … ; İ (0x130) has no lower case of its own.
    if ((within(0x100, 0x12F) || within(0x132, 0x137) || within(0x14A, 0x177)) && letter % 2 == 0)
        return letter + 1;
    // Pairs, the upper case odd: Ĺ ĺ …
    if ((within(0x139, 0x148) || within(0x179, 0x17E)) && letter % 2 == 1) return letter + 1;
    if (within(0x391, 0x3A9) && letter != 0x3A2) return letter + 0x20;  // Α to Ω
    if (letter == 0x386) return 0x3AC;                                  // Ά
    if (within(0x388, 0x38A)) return letter + 0x25;                     // Έ Ή Ί
    if (letter == 0x38C) return 0x3CC;                                  // Ό
    if (within(0x38E, 0x38F)) return letter + 0x3F;                     // Ύ Ώ
    if (within(0x400, 0x40F)) return letter + 0x50;                     // Ѐ to Џ
    if (within(0x410, 0x42F)) return letter + 0x20;                     // А to Я
    return letter;
}

bool continues(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

std::string fold(std::string_view text) {
    std::string folded(text);
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const auto lead = static_cast<unsigned char>(folded[at]);
        if (lead < 0x80) {
            folded[at] = ascii::lower(folded[at]);
        } else if (lead >= 0xC2 && lead <= 0xDF && at + 1 < folded.size() && continues(folded[at + 1])) {
            const auto trail = static_cast<unsigned char>(folded[at + 1]);
            const auto letter = lower(static_cast<char32_t>(((lead & 0x1FU) << 6U) | (trail & 0x3FU)));
            folded[at] = static_cast<char>(0xC0U | (letter >> 6U));
            folded[++at] = static_cast<char>(0x80U | (letter & 0x3FU));
        }
    }
    return folded;
}

}  // namespace mim
