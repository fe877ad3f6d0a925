#include "index/canonical/told_value.hpp"

#include "bson/builder.hpp"
#include "index/definition/index_option.hpp"

namespace mim::index {

std::optional<bson::Value> told_value(const OptionDifference& difference,
                                      const std::optional<bson::Value>& side) {
    const IndexOption* const option = side ? nullptr : find_index_option(difference.option);
    if (option == nullptr) return side;
    if (is_flag(option->kind)) return bson::Value::boolean(false);
    if (option->kind == OptionKind::collation)
        return bson::Value::document(bson::Builder().add("locale", "simple").take());
    if (!option->usual_text.empty()) return bson::Value::string(option->usual_text);
    if (option->usual_number) return bson::Value::int32(*option->usual_number);
    return std::nullopt;
}

}  // namespace mim::index
