#include "sandbox/query/unwind.hpp"

#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "sandbox/query/path.hpp"

namespace mim::sandbox::query {
namespace {

struct Unwinding {
    std::string path;          // without its $
    bool keeps_empty = false;  // documents whose path is missing, null or an empty array
    std::string position;      // the field that tells it; empty = none
};

Answer<std::string> unwound_path(const bson::ValueView& value) {
    const auto text = value.string();
    if (!text) return refuse(28808, "expected a string as the path for $unwind stage");
    if (!text->starts_with('$') || text->size() < 2)
        return refuse(28818,
                      "path option to $unwind stage should be prefixed with a '$': " + std::string(*text));
    return std::string(text->substr(1));
}

Answer<Unwinding> parse_unwinding(const bson::ValueView& specification) {
    Unwinding wanted;
    if (specification.type() != bson::Type::document) {
        MIM_TRY(path, unwound_path(specification));
        wanted.path = std::move(path);
        return wanted;
    }
    for (const auto option : bson::elements(specification)) {
        if (option.key() == "path") {
            MIM_TRY(path, unwound_path(option));
            wanted.path = std::move(path);
        } else if (option.key() == "preserveNullAndEmptyArrays") {
            if (option.type() != bson::Type::boolean)
                return refuse(28809,
                              "expected a boolean for the preserveNullAndEmptyArrays option to $unwind");
            wanted.keeps_empty = option.truthy();
        } else if (option.key() == "includeArrayIndex") {
            const auto name = option.string();
            if (!name || name->empty() || name->starts_with('$'))
                return refuse(28810,
                              "expected a non-empty string for the includeArrayIndex option to $unwind");
            wanted.position = *name;
        } else {
            return refuse(28811, "unrecognized option to $unwind stage: " + std::string(option.key()));
        }
    }
    if (wanted.path.empty()) return refuse(28812, "no path specified to $unwind stage");
    return wanted;
}

// `document` with `value` at `path`, or without the field when there is none.
bson::Document with_value(bson::DocumentView document, std::string_view path,
                          const std::optional<bson::ValueView>& value) {
    const auto [name, rest] = split_path(path);
    bson::Builder result;
    for (const auto field : document) {
        if (field.key() != name) {
            result.add(field.key(), field);
        } else if (!rest.empty() && field.document()) {
            result.add(field.key(), with_value(*field.document(), rest, value));
        } else if (value) {
            result.add(field.key(), *value);
        }
    }
    return result.take();
}

class Output {
  public:
    explicit Output(const Unwinding& wanted) : wanted_(wanted) {}

    void add(bson::Document document, std::optional<std::int64_t> position) {
        if (!wanted_.position.empty()) {
            bson::Builder extended;
            extended.add_all(document);
            if (position) {
                extended.add(wanted_.position, *position);
            } else {
                extended.add_null(wanted_.position);
            }
            document = extended.take();
        }
        documents_.push_back(std::move(document));
    }
    [[nodiscard]] std::vector<bson::Document> take() { return std::move(documents_); }

  private:
    const Unwinding& wanted_;
    std::vector<bson::Document> documents_;
};

void unwind_one(const bson::Document& document, const Unwinding& wanted, Output& output) {
    const auto value = value_at(document, wanted.path);
    const bool is_array = value && value->type() == bson::Type::array;
    if (is_array && !value->document()->empty()) {
        std::int64_t position = 0;
        for (const auto element : bson::elements(*value))
            output.add(with_value(document, wanted.path, element), position++);
    } else if (is_array) {
        if (wanted.keeps_empty) output.add(with_value(document, wanted.path, std::nullopt), std::nullopt);
    } else if (value && value->type() != bson::Type::null && value->type() != bson::Type::undefined) {
        output.add(document, std::nullopt);
    } else if (wanted.keeps_empty) {
        output.add(document, std::nullopt);
    }
}

}  // namespace

Answer<std::vector<bson::Document>> unwind(const std::vector<bson::Document>& documents,
                                           const bson::ValueView& specification) {
    MIM_TRY(wanted, parse_unwinding(specification));
    Output output(wanted);
    for (const auto& document : documents) unwind_one(document, wanted, output);
    return output.take();
}

}  // namespace mim::sandbox::query
