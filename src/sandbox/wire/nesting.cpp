#include "sandbox/wire/nesting.hpp"

#include <vector>

#include "bson/document.hpp"

namespace mim::sandbox::wire {
namespace {

// libbson's alignment of the iterator holds for members, not for template arguments.
struct Level {
    bson_iter_t position;
};

// The document or array inside the current value, or the scope of code; false when it holds none.
bool enter(const bson_iter_t& at, bson_iter_t& inner) {
    if (bson_iter_recurse(&at, &inner)) return true;
    if (bson_iter_type(&at) != BSON_TYPE_CODEWSCOPE) return false;
    std::uint32_t code_length = 0, length = 0;
    const std::uint8_t* scope = nullptr;
    bson_iter_codewscope(&at, &code_length, &length, &scope);
    return scope != nullptr && bson_iter_init_from_data(&inner, scope, length);
}

}  // namespace

bool nesting_is_bounded(std::span<const std::uint8_t> bytes) {
    std::vector<Level> open(1);
    if (!bson_iter_init_from_data(&open.back().position, bytes.data(), bytes.size())) return false;
    while (!open.empty()) {
        if (!bson_iter_next(&open.back().position)) {
            open.pop_back();
            continue;
        }
        Level inner;
        if (!enter(open.back().position, inner.position)) continue;
        if (open.size() >= deepest_nesting) return false;
        open.push_back(inner);
    }
    return true;
}

}  // namespace mim::sandbox::wire
