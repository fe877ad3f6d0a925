// Many documents from one pattern, for seeds.
#pragma once

#include <cstdint>
#include <vector>

#include "bson/document.hpp"

namespace mim::sandbox {

// {_id: n, …pattern} for n from 0: "{n}" alone becomes the number, "{n}" inside a text its digits. Top-level
// texts only.
[[nodiscard]] std::vector<bson::Document> generate_documents(std::int64_t count, bson::DocumentView pattern);

}  // namespace mim::sandbox
