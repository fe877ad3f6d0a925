#include "drivers/icu/looks.hpp"

#include <unicode/normalizer2.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <unicode/uversion.h>

namespace mim::icu {
namespace {

using ::icu::Normalizer2;
using ::icu::UnicodeString;

// Raised by every change of what this file does with a name.
constexpr int recipe = 1;

// Shown as a blank, though Unicode calls it a symbol.
constexpr UChar32 blank_braille_pattern = 0x2800;

// Every function of ICU does nothing once `status` is a failure, and so does every one here.

UnicodeString in_ordinary_width(const UnicodeString& text, UErrorCode& status) {
    const Normalizer2* const form = Normalizer2::getNFKCInstance(status);
    return U_SUCCESS(status) ? form->normalize(text, status) : UnicodeString();
}

UnicodeString in_small_letters(const UnicodeString& text, UErrorCode& status) {
    const Normalizer2* const form = Normalizer2::getNFKCCasefoldInstance(status);
    return U_SUCCESS(status) ? form->normalize(text, status) : UnicodeString();
}

// From left to right, as a list of names among others shows it: Hebrew and Arabic letters, and marks that
// turn the direction, put a name's letters into another order than the one they are written in.
UnicodeString as_shown(const UnicodeString& text, UErrorCode& status) {
    const ::icu::LocalUBiDiPointer bidi(ubidi_openSized(text.length(), 0, &status));
    ubidi_setPara(bidi.getAlias(), text.getBuffer(), text.length(), UBIDI_LTR, nullptr, &status);
    UnicodeString shown;
    const int32_t room = text.length() + 1;
    char16_t* const into = shown.getBuffer(room);
    const int32_t length = ubidi_writeReordered(bidi.getAlias(), into, room,
                                                UBIDI_KEEP_BASE_COMBINING | UBIDI_DO_MIRRORING, &status);
    shown.releaseBuffer(U_SUCCESS(status) ? length : 0);
    return shown;
}

bool is_seen(UChar32 letter) {
    return u_isUWhiteSpace(letter) == 0 && u_isISOControl(letter) == 0 &&
           u_hasBinaryProperty(letter, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0 &&
           letter != blank_braille_pattern;
}

UnicodeString what_is_seen(const UnicodeString& text) {
    UnicodeString seen;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 letter = text.char32At(at);
        if (is_seen(letter)) seen.append(letter);
    }
    return seen;
}

// May be asked by any number of threads, as long as nobody changes it.
const USpoofChecker* checker(UErrorCode& status) {
    struct Opened {
        UErrorCode outcome = U_ZERO_ERROR;
        ::icu::LocalUSpoofCheckerPointer pointer{uspoof_open(&outcome)};
    };
    static const Opened opened;
    if (U_FAILURE(opened.outcome)) status = opened.outcome;
    return opened.pointer.getAlias();
}

UnicodeString skeleton_of(const UnicodeString& text, UErrorCode& status) {
    UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(checker(status), 0, text, skeleton, &status);
    return skeleton;
}

// A digit 0 looks like a capital O, which is a small o but for its case; so the skeleton is taken of the
// skeleton in small letters.
std::string look_of(const UnicodeString& text, UErrorCode& status) {
    const UnicodeString letters = in_small_letters(skeleton_of(text, status), status);
    std::string look;
    skeleton_of(letters, status).toUTF8String(look);
    return look;
}

std::string in_digits(const UVersionInfo& version) {
    return std::to_string(version[0]) + "." + std::to_string(version[1]);
}

}  // namespace

Result<std::vector<std::string>> looks_of(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    const auto written = UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
    const UnicodeString seen = what_is_seen(as_shown(in_ordinary_width(written, status), status));
    std::vector<std::string> looks{look_of(seen, status)};
    std::string in_any_case = look_of(in_small_letters(seen, status), status);
    if (U_FAILURE(status))
        return Error(ErrorCode::internal,
                     std::string("ICU cannot tell what a name looks like: ") + u_errorName(status));
    if (in_any_case != looks.front()) looks.push_back(std::move(in_any_case));
    return looks;
}

std::string looks_version() {
    UVersionInfo unicode{};
    u_getUnicodeVersion(unicode);
    return std::to_string(recipe) + ", ICU " + library_version() + ", Unicode " + in_digits(unicode);
}

std::string library_version() {
    UVersionInfo version{};
    u_getVersion(version);
    return in_digits(version);
}

}  // namespace mim::icu
