#include "drivers/icu/looks.hpp"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

namespace mim::icu {
namespace {

bool look_alike(std::string_view one, std::string_view other) {
    const auto looks = looks_of(one).value(), others = looks_of(other).value();
    return std::find_first_of(looks.begin(), looks.end(), others.begin(), others.end()) != looks.end();
}

TEST(Looks, BlanksMakeNoDifference) {
    for (const char* spaced : {"two words", " twowords", "twowords ", "two  words", "two\u00A0words",
                               "two\u3000words", "two\u2800words", "two\u3164words", "two\u0085words"})
        EXPECT_TRUE(look_alike("twowords", spaced)) << spaced;
    EXPECT_FALSE(look_alike("twowords", "two-words"));
    EXPECT_FALSE(look_alike("twowords", "two_words"));
    EXPECT_FALSE(look_alike("two words", "words two"));
}

TEST(Looks, WhatIsNeverSeenMakesNoDifference) {
    for (const char* hidden : {"sh\u200Bop", "sh\u200Dop", "sh\u200Cop", "shop\uFEFF", "sh\u00ADop",
                               "sh\u2060op", "sh\u034Fop", "shop\uFE0F", "\u200Eshop", "shop\u180E"})
        EXPECT_TRUE(look_alike("shop", hidden)) << hidden;
}

TEST(Looks, WidthAndCompatibilityFormsMakeNoDifference) {
    EXPECT_TRUE(look_alike("shop", "\uFF53\uFF48\uFF4F\uFF50"));
    EXPECT_TRUE(look_alike("shop", "SHOP"));
    EXPECT_TRUE(look_alike("SHOP", "\uFF53hop"));
    EXPECT_TRUE(look_alike("office", "o\uFB03ce"));
    EXPECT_TRUE(look_alike("shop1", "shop\u2460"));
    EXPECT_TRUE(look_alike("\u30AB\u30BF", "\uFF76\uFF80"));  // katakana
}

TEST(Looks, CaseMakesNoDifferenceInAnyAlphabet) {
    EXPECT_TRUE(look_alike("stra\u00DFe", "STRASSE"));
    EXPECT_TRUE(look_alike("IAN", "ian"));
    EXPECT_TRUE(look_alike("\u03A3\u03BF\u03C6\u03AF\u03B1", "\u03C3\u03BF\u03C6\u03AF\u03B1"));  // Sofia
    EXPECT_TRUE(look_alike("\u0531\u0580\u0561", "\u0561\u0580\u0561"));                          // Armenian
}

TEST(Looks, LettersOfOtherAlphabetsLookLikeOurs) {
    EXPECT_TRUE(look_alike("paypal", "p\u0430ypal"));                           // one Cyrillic letter
    EXPECT_TRUE(look_alike("paypal", "\u0440\u0430\u0443\u0440\u0430l"));       // nearly all of them
    EXPECT_TRUE(look_alike("PAYPAL", "\u0420\u0410\u0423\u0420\u0410L"));       // the same in capitals
    EXPECT_TRUE(look_alike("paypal", "\u0420\u0410\u0423\u0420\u0410\u04C0"));  // and in another case
    EXPECT_TRUE(look_alike("shop", "sh\u03BFp"));                               // Greek
    EXPECT_TRUE(look_alike("NOVA", "\u039D\u039FV\u0391"));                     // Greek capitals
    EXPECT_TRUE(look_alike("scope", "\u0455\u0441\u043E\u0440\u0435"));  // one whole script for another
    EXPECT_TRUE(look_alike("ab", "\U0001D41A\U0001D41B"));               // letters of mathematics
}

TEST(Looks, DigitsLookLikeLetters) {
    EXPECT_TRUE(look_alike("sh0p", "shOp"));
    EXPECT_TRUE(look_alike("sh0p", "shop"));
    EXPECT_TRUE(look_alike("SH0P", "shop"));
    EXPECT_TRUE(look_alike("MINE", "mlne"));
    for (const char* other : {"Iarry", "1arry", "|arry", "LARRY", "\u0406arry"})
        EXPECT_TRUE(look_alike("larry", other)) << other;
}

TEST(Looks, LettersTogetherLookLikeOne) {
    EXPECT_TRUE(look_alike("modern", "modem"));
}

TEST(Looks, MarksCountByWhatIsSeenNotByHowTheyAreWritten) {
    EXPECT_TRUE(look_alike("ren\u00E9", "rene\u0301"));
    EXPECT_TRUE(look_alike("\u1EAD", "a\u0323\u0302"));
    EXPECT_TRUE(look_alike("\u1EAD", "a\u0302\u0323"));
    EXPECT_FALSE(look_alike("ren\u00E9", "rene"));
    EXPECT_FALSE(look_alike("gro\u00DF", "gros"));
}

TEST(Looks, TheOrderIsTheOneThatIsShown) {
    EXPECT_TRUE(look_alike("abc", "\u202Ecba"));               // turned round by a mark
    EXPECT_TRUE(look_alike("1\u05D0", "\u05D01"));             // Hebrew: both are shown as 1 and alef
    EXPECT_FALSE(look_alike("\u05D0\u05D1", "\u05D1\u05D0"));  // two names, both from right to left
    EXPECT_FALSE(look_alike("abc", "cba"));
}

TEST(Looks, OtherNamesDoNotLookAlike) {
    for (const auto& [one, other] :
         std::vector<std::pair<const char*, const char*>>{{"shop", "shops"},
                                                          {"shop-1", "shop-2"},
                                                          {"mail", "mall"},
                                                          {"test", "text"},
                                                          {"u0", "u1"},
                                                          {"\u5E97", "\u6E57"},
                                                          {"user10", "user11"},
                                                          {"prod", "prod.eu"},
                                                          {"db_a", "db-a"},
                                                          {"ada@a.org", "ada@a.com"},
                                                          {"", "a"}})
        EXPECT_FALSE(look_alike(one, other)) << one << " and " << other;
}

TEST(Looks, EveryTextHasOne) {
    EXPECT_EQ(looks_of("").value(), std::vector<std::string>{""});
    EXPECT_TRUE(look_alike("\u200B\u3164", " "));
    EXPECT_TRUE(look_alike("a\xFF", "a\xFF"));
    EXPECT_FALSE(look_alike("a\xFF", "b\xFF"));
    EXPECT_EQ(looks_of(std::string(2'000, 'm')).value().front(),
              looks_of(std::string(2'000, 'M')).value().back());
    EXPECT_TRUE(look_alike(std::string("a\0b", 3), "ab"));
}

TEST(Looks, AreTheSameInEveryThread) {
    const auto expected = looks_of("M\u043Edem").value();
    std::vector<std::thread> threads;
    for (int each = 0; each < 4; ++each)
        threads.emplace_back([&expected] { EXPECT_EQ(looks_of("M\u043Edem").value(), expected); });
    for (auto& thread : threads) thread.join();
}

TEST(Looks, TheVersionNamesWhatTheyHangOn) {
    EXPECT_NE(looks_version().find("ICU " + library_version()), std::string::npos);
    EXPECT_NE(looks_version().find("Unicode "), std::string::npos);
}

}  // namespace
}  // namespace mim::icu
