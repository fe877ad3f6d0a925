#include "sandbox/commands/collection_options.hpp"

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "index/definition/whole_number.hpp"
#include "index/rules/rules.hpp"
#include "sandbox/arguments.hpp"
#include "sandbox/commands/first_index.hpp"

namespace mim::sandbox::commands {
namespace {

using index::CollectionKind;

// The domain judges collations as options of an index: an index that has nothing else to complain about asks
// it.
Answer<std::optional<bson::Document>> collation(const Arguments& arguments, index::ServerVersion version) {
    MIM_TRY(given, arguments.document("collation"));
    if (!given) return std::optional<bson::Document>();
    if (given->empty())
        return refuse(server_code::missing_field,
                      "BSON field 'create.collation.locale' is missing but a required field");
    const auto probe = bson::Builder()
                           .add("key", bson::Builder().add("a", 1).take())
                           .add("name", "a_1")
                           .add("collation", *given)
                           .take();
    if (const auto bad = index::check_document(probe, {version, {}})) return refuse(*bad);
    const auto locale = given->find("locale");
    if (locale && locale->string() == std::optional<std::string_view>("simple"))
        return std::optional<bson::Document>();
    return std::optional<bson::Document>(index::expand_collation(*given));
}

Answer<std::optional<bson::Document>> time_series(const Arguments& arguments) {
    MIM_TRY(given, arguments.document("timeseries"));
    if (!given) return std::optional<bson::Document>();
    const auto time = given->find("timeField");
    if (!time || !time->string())
        return refuse(server_code::missing_field,
                      "BSON field 'timeseries.timeField' is missing but a required field");
    bson::Builder stored;
    stored.add_all(*given);
    if (!given->contains("granularity") && !given->contains("bucketMaxSpanSeconds"))
        stored.add("granularity", "seconds");
    if (!given->contains("bucketMaxSpanSeconds")) stored.add("bucketMaxSpanSeconds", 3600);
    return std::optional<bson::Document>(stored.take());
}

Accepted check_view(bson::DocumentView body) {
    for (const char* field : {"capped", "size", "max", "timeseries", "validator"}) {
        if (body.contains(field))
            return refuse(server_code::invalid_options,
                          "option not supported on a view: " + std::string(field));
    }
    return {};
}

Accepted check_expiry(const Arguments& arguments, bson::DocumentView body) {
    MIM_TRY(seconds, arguments.number("expireAfterSeconds"));
    if (!seconds) return {};
    const auto clustered = body.find("clusteredIndex");
    const bool expires = body.contains("timeseries") || (clustered && clustered->truthy());
    if (!expires)
        return refuse(server_code::invalid_options,
                      "'expireAfterSeconds' is only supported on time-series collections or when the "
                      "'clusteredIndex' option is specified");
    if (*seconds < 0) return refuse(server_code::invalid_options, "'expireAfterSeconds' must be 0 or more");
    return {};
}

// Of a capped collection, in bytes; MongoDB 5.0.0 answered so.
Accepted check_size(std::int64_t asked) {
    constexpr std::int64_t largest = std::int64_t{1} << 50;
    if (asked >= 1 && asked <= largest) return {};
    return refuse(51024, "BSON field 'size' value must be " +
                             (asked < 1 ? ">= 1" : "<= " + std::to_string(largest)) + ", actual value '" +
                             std::to_string(asked) + "'");
}

Accepted check_capped(const Arguments& arguments, bson::DocumentView body) {
    MIM_TRY(capped, arguments.flag("capped"));
    MIM_TRY(size, arguments.number("size"));
    if (size) MIM_CHECK(check_size(*size));
    if (capped && !size)
        return refuse(server_code::invalid_options, "the 'size' field is required when 'capped' is true");
    if (!capped && size)
        return refuse(
            server_code::invalid_options,
            "the 'capped' field needs to be true when either the 'size' or 'max' fields are present");
    if (capped && body.contains("timeseries"))
        return refuse(server_code::invalid_options, "a capped collection cannot be a time series");
    return {};
}

Accepted check(const Arguments& arguments, bson::DocumentView body) {
    MIM_CHECK(arguments.only({"capped",
                              "autoIndexId",
                              "idIndex",
                              "size",
                              "max",
                              "storageEngine",
                              "validator",
                              "validationLevel",
                              "validationAction",
                              "indexOptionDefaults",
                              "viewOn",
                              "pipeline",
                              "collation",
                              "timeseries",
                              "clusteredIndex",
                              "expireAfterSeconds",
                              "encryptedFields",
                              "changeStreamPreAndPostImages",
                              "temp",
                              "flags"}));
    MIM_TRY(source, arguments.text("viewOn"));
    MIM_TRY(pipeline, arguments.array("pipeline"));
    if (pipeline && !source)
        return refuse(server_code::invalid_options, "'pipeline' requires 'viewOn' to also be specified");
    if (source) return check_view(body);
    MIM_CHECK(check_expiry(arguments, body));
    return check_capped(arguments, body);
}

// Of a capped collection, rounded up to what the server counts in.
void add_size(bson::Builder& options, const bson::ValueView& asked) {
    constexpr std::int64_t step = 256;
    const auto size = (index::whole_number(asked) + step - 1) / step * step;
    if (size <= INT32_MAX) {
        options.add("size", static_cast<std::int32_t>(size));
    } else {
        options.add("size", size);
    }
}

}  // namespace

Answer<index::CollectionTraits> collection_traits(const Request& request, index::ServerVersion version) {
    const Arguments arguments(request);
    MIM_TRY(clustered, clustered_index(request, version));
    MIM_CHECK(check(arguments, request.body));
    if (version < index::version_5_0) MIM_CHECK(arguments.none_of({"timeseries"}));
    MIM_TRY(expanded, collation(arguments, version));
    MIM_TRY(series, time_series(arguments));
    bson::Builder options;
    for (const auto field : request.body) {
        const auto name = field.key();
        const bool ours = name == request.command || is_generic_field(name) || name == "collation" ||
                          name == "clusteredIndex" || name == "timeseries" || name == "idIndex" ||
                          name == "flags";
        const bool is_default = (name == "capped" || name == "autoIndexId") && !field.truthy();
        if (name == "size") {
            add_size(options, field);
        } else if (!ours && !is_default) {
            options.add(name, field);
        }
    }
    const bool is_view = request.body.contains("viewOn");
    if (is_view && !request.body.contains("pipeline")) options.add_array("pipeline", bson::Document());
    if (clustered) options.add("clusteredIndex", *clustered);
    if (series) options.add("timeseries", *series);
    if (expanded) options.add("collation", *expanded);
    index::CollectionTraits traits;
    if (is_view) traits.kind = CollectionKind::view;
    if (series) traits.kind = CollectionKind::time_series;
    traits.options = options.take();
    return traits;
}

}  // namespace mim::sandbox::commands
