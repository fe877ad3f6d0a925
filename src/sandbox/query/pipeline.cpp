#include "sandbox/query/pipeline.hpp"

#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "sandbox/query/filter.hpp"
#include "sandbox/query/group.hpp"
#include "sandbox/query/project.hpp"
#include "sandbox/query/unwind.hpp"

namespace mim::sandbox::query {
namespace {

using Documents = std::vector<bson::Document>;

Answer<bson::DocumentView> object(const bson::ValueView& stage) {
    if (stage.type() != bson::Type::document)
        return refuse(15959, "the " + std::string(stage.key()) + " stage must be an object");
    return *stage.document();
}

Answer<std::int64_t> amount(const bson::ValueView& stage, std::int64_t least) {
    const auto number = stage.integer();
    if (!number || *number < least)
        return refuse(5107201, "invalid argument to " + std::string(stage.key()) + " stage");
    return *number;
}

Answer<Documents> match(Documents documents, const bson::ValueView& stage) {
    MIM_TRY(condition, object(stage));
    MIM_TRY(filter, Filter::parse(condition));
    std::erase_if(documents, [&](const bson::Document& each) { return !filter.matches(each); });
    return documents;
}

Answer<Documents> limit(Documents documents, const bson::ValueView& stage) {
    MIM_TRY(most, amount(stage, 1));
    if (static_cast<std::uint64_t>(most) < documents.size()) documents.resize(static_cast<std::size_t>(most));
    return documents;
}

Answer<Documents> skip(Documents documents, const bson::ValueView& stage) {
    MIM_TRY(count, amount(stage, 0));
    const auto cut =
        std::min(static_cast<std::uint64_t>(count), static_cast<std::uint64_t>(documents.size()));
    documents.erase(documents.begin(), documents.begin() + static_cast<std::ptrdiff_t>(cut));
    return documents;
}

Answer<Documents> count(const Documents& documents, const bson::ValueView& stage) {
    const auto name = stage.string();
    if (!name || name->empty()) return refuse(40156, "the count field must be a non-empty string");
    Documents result;
    if (!documents.empty())
        result.push_back(bson::Builder().add(*name, static_cast<std::int32_t>(documents.size())).take());
    return result;
}

Answer<Documents> unset(Documents documents, const bson::ValueView& stage) {
    bson::Builder excluded;
    if (const auto name = stage.string()) excluded.add(*name, 0);
    if (stage.type() == bson::Type::array) {
        for (const auto name : bson::elements(stage)) {
            if (name.string()) excluded.add(*name.string(), 0);
        }
    }
    return project(std::move(documents), excluded.take(), ProjectionKind::stage);
}

}  // namespace

Answer<bson::ValueView> stage_of(const bson::ValueView& element) {
    if (element.type() != bson::Type::document)
        return refuse(server_code::type_mismatch, "Each element of the 'pipeline' array must be an object");
    if (element.document()->size() != 1)
        return refuse(40323, "A pipeline stage specification object must contain exactly one field.");
    return *element.document()->begin();
}

Answer<Documents> run_stage(Documents documents, bson::DocumentView stage, Letters letters) {
    const auto call = *stage.begin();
    const auto name = call.key();
    if (name == "$match") return match(std::move(documents), call);
    if (name == "$limit") return limit(std::move(documents), call);
    if (name == "$skip") return skip(std::move(documents), call);
    if (name == "$count") return count(documents, call);
    if (name == "$unwind") return unwind(documents, call);
    if (name == "$unset") return unset(std::move(documents), call);
    if (name == "$group") {
        MIM_TRY(specification, object(call));
        return group(documents, specification, letters);
    }
    if (name == "$sort") {
        MIM_TRY(order, object(call));
        return sort(std::move(documents), order);
    }
    if (name == "$project") {
        MIM_TRY(projection, object(call));
        return project(std::move(documents), projection, ProjectionKind::stage, letters);
    }
    return refuse(40324, "Unrecognized pipeline stage name: '" + std::string(name) + "'");
}

}  // namespace mim::sandbox::query
