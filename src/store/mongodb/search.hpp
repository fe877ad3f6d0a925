// Lists in pages, and searching them.
#pragma once

#include "app/model/page.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// A condition on a folded field: `query` stands anywhere in it, in any case. A walk through what the rest of
// the filter leaves.
[[nodiscard]] bson::Document has_inside(std::string_view query);

// One page: the documents of `question` (skip and limit are set here), each made by
// `read(bson::DocumentView) -> Result<Item>`, and how many match in all. The two are not one snapshot.
template <class Item, class Read>
[[nodiscard]] Result<app::Page<Item>> read_page(Link& link, const char* collection,
                                                const app::PageRequest& request, Question question,
                                                Read read) {
    question.skip = (static_cast<std::int64_t>(request.page) - 1) * request.limit;
    question.limit = request.limit;
    app::Page<Item> page;
    page.page = request.page;
    page.limit = request.limit;
    MIM_TRY(found, link.find(collection, question));
    MIM_TRY(total, link.count(collection, question.filter));
    for (const auto& document : found) {
        MIM_TRY(item, read(document.view()));
        page.items.push_back(std::move(item));
    }
    page.total = total;
    return page;
}

template <class Item, class Read>
[[nodiscard]] Result<std::vector<Item>> read_all(Commands& commands, const char* collection,
                                                 const Question& question, Read read) {
    MIM_TRY(found, commands.find(collection, question));
    std::vector<Item> items;
    items.reserve(found.size());
    for (const auto& document : found) {
        MIM_TRY(item, read(document.view()));
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace mim::store::mongodb
