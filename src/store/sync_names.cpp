#include "store/sync_names.hpp"

namespace mim::store {
namespace {

template <class Choice>
struct Word {
    Choice choice;
    std::string_view word;
};
template <class Choice>
Word(Choice, std::string_view) -> Word<Choice>;

template <class Choice>
struct Words;

template <>
struct Words<index::MissingChoice> {
    static constexpr std::array all{Word{index::MissingChoice::leave, "leave"},
                                    Word{index::MissingChoice::create, "create"},
                                    Word{index::MissingChoice::remove_from_registry, "remove_from_registry"}};
};
template <>
struct Words<index::ExtraChoice> {
    static constexpr std::array all{Word{index::ExtraChoice::leave, "leave"},
                                    Word{index::ExtraChoice::drop, "drop"},
                                    Word{index::ExtraChoice::import_to_registry, "import_to_registry"},
                                    Word{index::ExtraChoice::drop_all, "drop_all"}};
};
template <>
struct Words<index::ChangedChoice> {
    static constexpr std::array all{Word{index::ChangedChoice::leave, "leave"},
                                    Word{index::ChangedChoice::alter_database, "alter_database"},
                                    Word{index::ChangedChoice::take_into_registry, "take_into_registry"},
                                    Word{index::ChangedChoice::alter_all, "alter_all"}};
};
template <>
struct Words<index::DropMode> {
    static constexpr std::array all{Word{index::DropMode::drop, "drop"}, Word{index::DropMode::hide, "hide"}};
};
template <>
struct Words<index::NamePolicy> {
    static constexpr std::array all{Word{index::NamePolicy::identity, "identity"},
                                    Word{index::NamePolicy::strict, "strict"}};
};
template <>
struct Words<app::OnFailure> {
    static constexpr std::array all{Word{app::OnFailure::hold, "hold"},
                                    Word{app::OnFailure::carry_on, "continue"}};
};
template <>
struct Words<index::Action> {
    static constexpr std::array all{
        Word{index::Action::create, "create"}, Word{index::Action::drop, "drop"},
        Word{index::Action::modify, "modify"}, Word{index::Action::hide, "hide"},
        Word{index::Action::define, "define"}, Word{index::Action::redefine, "redefine"},
        Word{index::Action::forget, "forget"}};
};
template <>
struct Words<index::Risk> {
    static constexpr std::array all{Word{index::Risk::safe, "safe"}, Word{index::Risk::caution, "caution"},
                                    Word{index::Risk::destructive, "destructive"}};
};

template <class Choice>
std::string_view word_of(Choice choice) {
    for (const auto& entry : Words<Choice>::all) {
        if (entry.choice == choice) return entry.word;
    }
    return "";
}

}  // namespace

std::string_view to_column(index::MissingChoice choice) {
    return word_of(choice);
}
std::string_view to_column(index::ExtraChoice choice) {
    return word_of(choice);
}
std::string_view to_column(index::ChangedChoice choice) {
    return word_of(choice);
}
std::string_view to_column(index::DropMode mode) {
    return word_of(mode);
}
std::string_view to_column(index::NamePolicy policy) {
    return word_of(policy);
}
std::string_view to_column(app::OnFailure choice) {
    return word_of(choice);
}
std::string_view to_column(index::Action action) {
    return word_of(action);
}
std::string_view to_column(index::Risk risk) {
    return word_of(risk);
}

template <class Choice>
std::optional<Choice> from_column(std::string_view word) {
    for (const auto& entry : Words<Choice>::all) {
        if (entry.word == word) return entry.choice;
    }
    return std::nullopt;
}

template std::optional<index::MissingChoice> from_column(std::string_view);
template std::optional<index::ExtraChoice> from_column(std::string_view);
template std::optional<index::ChangedChoice> from_column(std::string_view);
template std::optional<index::DropMode> from_column(std::string_view);
template std::optional<index::NamePolicy> from_column(std::string_view);
template std::optional<app::OnFailure> from_column(std::string_view);
template std::optional<index::Action> from_column(std::string_view);
template std::optional<index::Risk> from_column(std::string_view);

}  // namespace mim::store
