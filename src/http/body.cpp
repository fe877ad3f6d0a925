#include "http/body.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>

#include "http/json_parse.hpp"
#include "http/query.hpp"

namespace mim::http {
namespace {

// Keeps page × limit within 32 bits for every store.
constexpr std::int64_t last_page = 10'000'000;
constexpr IntegerRange page_range{0, last_page};
constexpr IntegerRange limit_range{0, std::numeric_limits<std::int32_t>::max()};

int effective_page(std::int64_t page) {
    return page == 0 ? 1 : static_cast<int>(page);
}

int effective_limit(std::int64_t limit) {
    if (limit == 0) return app::default_page_limit;
    return static_cast<int>(std::min<std::int64_t>(limit, app::max_page_limit));
}

// Characters as people count them: UTF-8 sequences.
std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

}  // namespace

Result<Body> Body::of(const Request& request) {
    if (request.body.empty()) return Body(boost::json::value(boost::json::object()));
    MIM_TRY(value, parse_json(request.body));
    if (!value.is_object()) return Error{ErrorCode::malformed_body, "The body must be a JSON object"};
    return Body(std::move(value));
}

std::string Body::text() const {
    return boost::json::serialize(value_);
}

Done Body::verdict() const {
    auto bad = reading_.with_unknown_fields();
    if (bad.empty()) return {};
    return Error{std::move(bad)};
}

Done Body::verdict_of_part() const {
    if (reading_.complaints().empty()) return {};
    return Error{reading_.complaints()};
}

Done Body::verdict_with(const Done& rules) const {
    auto all = reading_.with_unknown_fields();
    if (rules || all.empty()) return all.empty() ? rules : Done(Error{std::move(all)});
    const std::size_t read = all.size();
    const Error broken = rules.error();
    for (const FieldError& field : broken.fields) {
        const auto same = [&field](const FieldError& other) { return other.path == field.path; };
        if (std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(read), same))
            all.push_back(field);
    }
    return Error{std::move(all)};
}

app::PageRequest read_page_alone(ObjectReader& fields) {
    app::PageRequest page;
    page.page = effective_page(fields.optional_integer("page", page_range).value_or(0));
    page.limit = effective_limit(fields.optional_integer("limit", limit_range).value_or(0));
    return page;
}

app::PageRequest read_page(ObjectReader& fields) {
    app::PageRequest page = read_page_alone(fields);
    page.query = fields.string_or_empty("query");
    if (count_characters(page.query) > app::max_query_length) {
        fields.complain("query",
                        "Must have at most " + std::to_string(app::max_query_length) + " characters");
    }
    return page;
}

Result<app::PageRequest> read_page(const Request& request) {
    QueryReader parameters(request);
    app::PageRequest wanted;
    wanted.page = effective_page(parameters.number("page", page_range).value_or(0));
    wanted.limit = effective_limit(parameters.number("limit", limit_range).value_or(0));
    MIM_CHECK(parameters.verdict());
    return wanted;
}

}  // namespace mim::http
