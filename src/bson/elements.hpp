// Walking a value that is a document or an array.
#pragma once

#include "bson/document.hpp"

namespace mim::bson {

// Its fields; of any other value none. Made for `for (auto field : elements(value))`: `*value.document()`
// there would refer into an optional that is gone before the first round.
[[nodiscard]] inline DocumentView elements(const ValueView& value) {
    static const Document nothing;
    const auto document = value.document();
    return document ? *document : nothing.view();
}

}  // namespace mim::bson
