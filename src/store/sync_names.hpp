// The words in which the file keeps the choices of a sync. They belong to the file's format: never change
// one.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "app/model/sync.hpp"

namespace mim::store {

[[nodiscard]] std::string_view to_column(index::MissingChoice choice);
[[nodiscard]] std::string_view to_column(index::ExtraChoice choice);
[[nodiscard]] std::string_view to_column(index::ChangedChoice choice);
[[nodiscard]] std::string_view to_column(index::DropMode mode);
[[nodiscard]] std::string_view to_column(index::NamePolicy policy);
[[nodiscard]] std::string_view to_column(app::OnFailure choice);
[[nodiscard]] std::string_view to_column(index::Action action);
[[nodiscard]] std::string_view to_column(index::Risk risk);

// None when the word is unknown. For the eight types above.
template <class Choice>
[[nodiscard]] std::optional<Choice> from_column(std::string_view word);

}  // namespace mim::store
