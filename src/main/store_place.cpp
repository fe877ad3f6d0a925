#include "main/store_place.hpp"

#include <algorithm>

#include "store/mongodb/link.hpp"

namespace mim::main {

bool is_mongodb(const Secret& store) {
    return store.reveal().starts_with("mongodb://") || store.reveal().starts_with("mongodb+srv://");
}

std::optional<app::Place> place_of_store(const Secret& uri) {
    if (!is_mongodb(uri)) return std::nullopt;
    const std::string_view text = uri.reveal();
    const std::size_t hosts = text.find("://") + 3;
    const std::size_t options = std::min(text.find('?', hosts), text.size());
    const std::size_t slash = std::min(text.find('/', hosts), options);
    const std::string_view named = text.substr(slash, options - slash);
    return app::place_of(uri, named.size() > 1 ? named.substr(1) : store::mongodb::default_database);
}

}  // namespace mim::main
