// The parameters behind the `?` of a URL, decoded; what is wrong with them is collected by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "http/json_reader.hpp"
#include "http/request.hpp"

namespace mim::http {

class QueryReader {
  public:
    // Borrows the request.
    explicit QueryReader(const Request& request) : query_(request.query) {}

    // None when it is absent. An empty text counts as absent too; anything else that is empty is of the wrong
    // type.
    [[nodiscard]] std::optional<std::string> text(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name, IntegerRange range);
    [[nodiscard]] std::optional<Timestamp> time(std::string_view name);
    template <class IdType>
    [[nodiscard]] std::optional<IdType> id(std::string_view name) {
        const auto given = value(name);
        if (!given) return std::nullopt;
        auto found = IdType::parse(*given);
        if (!found) refuse_kind(name, takes::id, *given);
        return found;
    }
    void complain(std::string_view name, std::string reason);
    // invalid_input with every complaint, and every parameter that was not asked for.
    [[nodiscard]] Done verdict() const;

  private:
    [[nodiscard]] std::optional<std::string> value(std::string_view name);
    void refuse_kind(std::string_view name, std::string_view wanted, std::string_view given);

    std::string_view query_;
    std::vector<std::string> asked_;
    std::vector<FieldError> complaints_;
};

// A route without parameters: the same verdict when nothing is asked for.
[[nodiscard]] Done refuse_parameters(const Request& request);

}  // namespace mim::http
