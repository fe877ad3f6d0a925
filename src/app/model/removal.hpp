#pragma once

namespace mim::app {

// What a deletion found. Of several at once one is done, and accounts for it.
enum class Removal { done, nothing_there };

}  // namespace mim::app
