#include "sandbox/commands/update.hpp"

#include "bson/builder.hpp"

namespace mim::sandbox::commands {
namespace {

bson::Document with(bson::DocumentView document, std::string_view field, const bson::ValueView& value) {
    bson::Builder result;
    bool placed = false;
    for (const auto each : document) {
        const bool here = each.key() == field;
        placed = placed || here;
        result.add(each.key(), here ? value : each);
    }
    if (!placed) result.add(field, value);
    return result.take();
}

Answer<bson::Document> incremented(bson::DocumentView document, const bson::ValueView& by) {
    const auto present = document.find(by.key());
    if (!by.is_number() || (present && !present->is_number()))
        return refuse(server_code::type_mismatch, "Cannot apply $inc to a value of non-numeric type");
    if (!present) return with(document, by.key(), by);
    const auto left = present->integer(), right = by.integer();
    std::int64_t sum = 0;
    if (left && right && !__builtin_add_overflow(*left, *right, &sum)) {
        const bool small = sum >= INT32_MIN && sum <= INT32_MAX && present->type() == bson::Type::int32;
        const auto value =
            small ? bson::Value::int32(static_cast<std::int32_t>(sum)) : bson::Value::int64(sum);
        return with(document, by.key(), value.view());
    }
    return with(document, by.key(), bson::Value::number(*present->number() + *by.number()).view());
}

Answer<bson::Document> apply(bson::Document document, std::string_view operation,
                             const bson::ValueView& field, Occasion occasion) {
    if (field.key().find('.') != std::string_view::npos)
        return refuse(server_code::not_implemented, "the sandbox updates top-level fields only");
    if (field.key() == "_id" && operation != "$setOnInsert" && document.contains("_id"))
        return refuse(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
    if (operation == "$set") return with(document, field.key(), field);
    if (operation == "$setOnInsert")
        return occasion == Occasion::upsert ? with(document, field.key(), field) : document;
    if (operation == "$unset") {
        bson::Builder result;
        for (const auto each : document) {
            if (each.key() != field.key()) result.add(each.key(), each);
        }
        return result.take();
    }
    if (operation == "$inc") return incremented(document, field);
    return refuse(server_code::failed_to_parse, "Unknown modifier: " + std::string(operation));
}

bson::Document replaced(bson::DocumentView document, bson::DocumentView replacement) {
    bson::Builder result;
    const auto id = document.find("_id");
    if (id) result.add("_id", *id);
    for (const auto field : replacement) {
        if (field.key() != "_id" || !id) result.add(field.key(), field);
    }
    return result.take();
}

}  // namespace

Answer<bson::Document> updated(bson::DocumentView document, bson::DocumentView change, Occasion occasion) {
    if (change.empty() || !(*change.begin()).key().starts_with('$')) return replaced(document, change);
    bson::Document result(document);
    for (const auto operation : change) {
        const auto fields = operation.type() == bson::Type::document ? operation.document() : std::nullopt;
        if (!fields)
            return refuse(server_code::failed_to_parse,
                          "Modifiers operate on fields but we found another type");
        for (const auto field : *fields) {
            MIM_TRY(next, apply(std::move(result), operation.key(), field, occasion));
            result = std::move(next);
        }
    }
    return result;
}

}  // namespace mim::sandbox::commands
