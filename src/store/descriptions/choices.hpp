// How choices are kept: some by a word, some of two as a yes or no. A specialisation stands beside the
// description of the thing that holds the choice.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>

namespace mim::store {

// With `word(choice)`, `choice(word)` and `what`, which an error calls a word that is unknown.
template <class Choice>
struct KeptAsWord;

// With `yes` and `no`.
template <class Choice>
struct KeptAsFlag;

template <class Choice>
concept Worded = requires(std::string_view word) {
    { KeptAsWord<Choice>::choice(word) } -> std::same_as<std::optional<Choice>>;
};
template <class Choice>
concept Flagged = requires {
    { KeptAsFlag<Choice>::yes } -> std::convertible_to<Choice>;
};

// The words of the choice's own `to_string`, and the function that reads them.
template <auto parse>
struct OwnWords {
    template <class Choice>
    [[nodiscard]] static std::string_view word(Choice choice) {
        return to_string(choice);
    }
    [[nodiscard]] static auto choice(std::string_view word) { return parse(word); }
};
template <auto yes_choice, auto no_choice>
struct Flag {
    static constexpr auto yes = yes_choice;
    static constexpr auto no = no_choice;
};

}  // namespace mim::store
