// Finds the route of a URL. The most literal pattern that fits a path decides, whatever the method:
// `/databases/list` is never read as an id. A trailing slash makes no difference. Immutable after
// construction; never blocks.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/dialect.hpp"
#include "http/route.hpp"

namespace mim::http {

struct Match {
    enum class Kind { found, url_not_found, method_not_allowed } kind = Kind::url_not_found;
    const Route* route = nullptr;  // set exactly when found
    std::vector<PathParameter> parameters;
    Dialect dialect = Dialect::current;
    std::string allow;  // the methods of this URL, unless it was not found: "GET, HEAD, OPTIONS"
};

class Router {
  public:
    // `routes` is borrowed. A base path starts with `/` and does not end with one; "" mounts at the root.
    Router(std::span<const Route> routes, std::vector<std::string> base_paths);
    // HEAD is answered by the route of GET.
    [[nodiscard]] Match match(Method method, std::string_view path) const;

  private:
    struct Entry {
        std::vector<std::string_view> segments;
        std::vector<const Route*> routes;  // one a method
        std::string allow;
    };
    [[nodiscard]] static const Entry* find(const std::vector<Entry>& entries,
                                           const std::vector<std::string_view>& segments);
    void add(const Route& route);

    std::vector<Entry> mounted_at_base_;
    std::vector<Entry> mounted_at_root_;
    std::vector<std::string> base_paths_;
};

}  // namespace mim::http
