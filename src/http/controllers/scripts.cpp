#include <algorithm>

#include "http/body.hpp"
#include "http/envelope.hpp"
#include "http/media_type.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

// A file name fit for a header: whatever else it holds becomes `_`.
std::string header_safe(std::string name) {
    std::ranges::replace_if(
        name,
        [](char letter) {
            return static_cast<unsigned char>(letter) < 0x20 || static_cast<unsigned char>(letter) > 0x7E ||
                   letter == '"' || letter == '\\' || letter == '/';
        },
        '_');
    return name;
}

Response bare_script(app::ScriptAnswer&& made) {
    Response response;
    response.content_type = "text/javascript; charset=utf-8";
    response.headers.push_back(
        {"Content-Disposition", "attachment; filename=\"" + header_safe(made.filename) + "\""});
    response.body = std::move(made.script.text);
    return response;
}

enum class Part { forward, reverse, verify };

app::ScriptAnswer part_of(app::ScriptPack&& pack, Part part) {
    switch (part) {
        case Part::forward:
            return std::move(pack.forward);
        case Part::reverse:
            return std::move(pack.reverse);
        case Part::verify:
            return std::move(pack.verify);
    }
    return std::move(pack.forward);
}

void write_script_fields(JsonWriter& json, const app::ScriptAnswer& made) {
    json.field("script", made.script.text).field("filename", made.filename);
    json.field("creates", made.script.creates).field("drops", made.script.drops);
    json.field("modifies", made.script.modifies);
}

void write_part(JsonWriter& json, std::string_view name, const app::ScriptAnswer& made) {
    json.key(name).begin_object().field("script", made.script.text);
    json.field("filename", made.filename).end_object();
}

Response whole_pack(const app::ScriptPack& pack) {
    return answer([&](JsonWriter& json) {
        json.begin_object();
        write_script_fields(json, pack.forward);
        write_part(json, "forward", pack.forward);
        write_part(json, "reverse", pack.reverse);
        write_part(json, "verify", pack.verify);
        json.end_object();
    });
}

}  // namespace

Result<Response> generate_script(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    auto collections = fields.optional_names("collections");
    using app::ScriptSource;
    using index::ScriptMode;
    const auto mode = fields.word<ScriptMode>(
        "mode", {{"create", ScriptMode::create}, {"drop", ScriptMode::drop}, {"both", ScriptMode::both}},
        ScriptMode::both);
    const auto source = fields.word<ScriptSource>(
        "source", {{"comparison", ScriptSource::comparison}, {"registry", ScriptSource::registry}},
        ScriptSource::comparison);
    const bool pack = fields.flag("pack");
    const auto part = fields.word<Part>(
        "script", {{"forward", Part::forward}, {"reverse", Part::reverse}, {"verify", Part::verify}},
        Part::forward);
    MIM_CHECK(body.verdict());
    const app::ScriptRequest wanted{
        .database = *database, .collections = std::move(collections), .mode = mode, .source = source};
    const bool bare = wants_javascript(request.accept);
    if (pack || part != Part::forward) {
        MIM_TRY(scripts, context.api.use_cases.comparisons.script_pack(wanted));
        if (bare) return bare_script(part_of(std::move(scripts), part));
        return whole_pack(scripts);
    }
    MIM_TRY(made, context.api.use_cases.comparisons.script(wanted));
    if (bare) return bare_script(std::move(made));
    return answer([&](JsonWriter& json) {
        json.begin_object();
        write_script_fields(json, made);
        json.end_object();
    });
}

}  // namespace mim::http
