// One page of a list.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mim::app {

inline constexpr int default_page_limit = 50;
inline constexpr int max_page_limit = 200;
inline constexpr std::size_t max_query_length = 500;

struct PageRequest {
    std::string query;  // empty = everything
    int page = 1;       // from 1
    int limit = default_page_limit;
};

template <class T>
struct Page {
    std::vector<T> items;
    std::int64_t total = 0;
    int page = 1;
    int limit = default_page_limit;
};

}  // namespace mim::app
