// What a server's answer must look like before libmongoc may see it. libmongoc takes much of an answer on
// trust, and ends the process or works for hours where that is disappointed; what is asked for here is less
// than every MongoDB server gives. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "bson/document.hpp"

namespace mim::drivers::mongoc {

// What was asked, as far as the answer's shape depends on it.
enum class Question {
    greeting,  // hello, which may sign in at once
    sign_in,   // a step of authentication
    command,
};

// A deployment has at most 50 members.
inline constexpr std::size_t most_members = 50;
// Each costs a hash; servers ask for 10,000 or 15,000 unless told otherwise.
inline constexpr long long most_iterations = 200'000;

// Why `answer`, a document whose structure was judged, is refused; none when it may pass.
[[nodiscard]] std::optional<std::string> shape_fault(bson::DocumentView answer, Question question);

}  // namespace mim::drivers::mongoc
