// Membership in a small list.
#pragma once

#include <algorithm>
#include <string_view>

namespace mim {

template <class List>
[[nodiscard]] constexpr bool contains(const List& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

}  // namespace mim
