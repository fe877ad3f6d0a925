// What of a connection string decides where it leads. Works on the text alone, to the letter: in doubt two
// texts lead to different places. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mim::app {

// All that decides where and how a secret is sent: the text up to the options, and the options that are not
// harmless (timeouts, pool sizes, read preferences …), in their order. Views into `uri`.
[[nodiscard]] std::vector<std::string_view> binding_parts(std::string_view uri);

// Whether both lead to the same place in the same way, whoever they sign in as.
[[nodiscard]] bool lead_to_same_place(std::string_view one, std::string_view other);

}  // namespace mim::app
