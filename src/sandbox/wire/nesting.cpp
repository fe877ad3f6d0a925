#include "sandbox/wire/nesting.hpp"

#include <vector>

#include <bson/bson.h>

namespace mim::sandbox::wire {

bool nesting_is_bounded(std::span<const std::uint8_t> bytes) {
    std::vector<bson_iter_t> open(1);
    if (!bson_iter_init_from_data(&open.back(), bytes.data(), bytes.size())) return false;
    while (!open.empty()) {
        if (!bson_iter_next(&open.back())) {
            open.pop_back();
            continue;
        }
        bson_iter_t inner;
        if (bson_iter_recurse(&open.back(), &inner)) {
            if (open.size() >= deepest_nesting) return false;
            open.push_back(inner);
            continue;
        }
        if (bson_iter_type(&open.back()) == BSON_TYPE_CODEWSCOPE) {
            std::uint32_t code_length = 0, length = 0;
            const std::uint8_t* scope = nullptr;
            bson_iter_codewscope(&open.back(), &code_length, &length, &scope);
            if (open.size() >= deepest_nesting) return false;
            if (scope != nullptr && bson_iter_init_from_data(&inner, scope, length)) open.push_back(inner);
        }
    }
    return true;
}

}  // namespace mim::sandbox::wire
