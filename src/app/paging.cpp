#include "app/paging.hpp"

#include <algorithm>

#include "app/text_rules.hpp"

namespace mim::app {

Result<PageRequest> effective(PageRequest page) {
    const auto length = code_points(page.query);
    if (!length) return invalid_field("query", "must be UTF-8 text");
    if (*length > max_query_length) {
        return invalid_field("query",
                             "must have at most " + std::to_string(max_query_length) + " characters");
    }
    page.page = std::max(page.page, 1);
    page.limit = page.limit < 1 ? default_page_limit : std::min(page.limit, max_page_limit);
    return page;
}

}  // namespace mim::app
