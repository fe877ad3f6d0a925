#include "http/router.hpp"

#include <algorithm>

#include "http/server_settings.hpp"

namespace mim::http {
namespace {

// "/a/b" and "/a/b/" → {a, b}; "/" → {}. An empty segment in between stays and fits no pattern.
std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.ends_with('/')) path.remove_suffix(1);
    if (path.empty()) return segments;
    while (true) {
        const std::size_t slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with(':');
}

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& segments) {
    return std::ranges::equal(pattern, segments, [](std::string_view wanted, std::string_view given) {
        return is_parameter(wanted) ? !given.empty() : wanted == given;
    });
}

// Literal segments come before parameters, from left to right.
bool more_literal(const std::vector<std::string_view>& left, const std::vector<std::string_view>& right) {
    return std::ranges::lexicographical_compare(left, right, {}, is_parameter, is_parameter);
}

Dialect dialect_of(std::string_view base_path) {
    return base_path == older_base_path ? Dialect::published : Dialect::current;
}

std::string allowed_methods(const std::vector<const Route*>& routes) {
    std::string allow;
    for (const Route* route : routes) {
        allow += std::string(to_string(route->method)) + ", ";
        if (route->method == Method::get) allow += "HEAD, ";
    }
    return allow + "OPTIONS";
}

}  // namespace

Router::Router(std::span<const Route> routes, std::vector<std::string> base_paths)
    : base_paths_(std::move(base_paths)) {
    for (const Route& route : routes) add(route);
    for (std::vector<Entry>* entries : {&mounted_at_base_, &mounted_at_root_}) {
        std::ranges::stable_sort(*entries, more_literal, &Entry::segments);
        for (Entry& entry : *entries) entry.allow = allowed_methods(entry.routes);
    }
}

void Router::add(const Route& route) {
    std::vector<Entry>& entries = route.mount == Mount::base ? mounted_at_base_ : mounted_at_root_;
    const auto segments = split(route.pattern);
    auto entry = std::ranges::find(entries, segments, &Entry::segments);
    if (entry == entries.end()) entry = entries.insert(entries.end(), Entry{segments, {}, {}});
    entry->routes.push_back(&route);
}

const Router::Entry* Router::find(const std::vector<Entry>& entries,
                                  const std::vector<std::string_view>& segments) {
    const auto entry = std::ranges::find_if(
        entries, [&](const Entry& candidate) { return fits(candidate.segments, segments); });
    return entry != entries.end() ? &*entry : nullptr;
}

Match Router::match(Method method, std::string_view path) const {
    std::vector<std::string_view> segments = split(path);
    const Entry* entry = find(mounted_at_root_, segments);
    Dialect dialect = Dialect::current;
    for (const std::string& base : base_paths_) {
        if (entry != nullptr) break;
        if (!path.starts_with(base) || (path.size() > base.size() && path[base.size()] != '/')) continue;
        segments = split(path.substr(base.size()));
        entry = find(mounted_at_base_, segments);
        dialect = dialect_of(base);
    }
    if (entry == nullptr) return {};

    Match match{.kind = Match::Kind::method_not_allowed,
                .route = nullptr,
                .parameters = {},
                .dialect = dialect,
                .allow = entry->allow};
    const Method wanted = method == Method::head ? Method::get : method;
    const auto route = std::ranges::find(entry->routes, wanted, &Route::method);
    if (route == entry->routes.end()) return match;
    match.kind = Match::Kind::found;
    match.route = *route;
    for (std::size_t at = 0; at < segments.size(); ++at) {
        if (!is_parameter(entry->segments[at])) continue;
        match.parameters.push_back({entry->segments[at].substr(1), std::string(segments[at])});
    }
    return match;
}

}  // namespace mim::http
