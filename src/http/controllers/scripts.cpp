#include <algorithm>

#include "http/body.hpp"
#include "http/controllers/controllers.hpp"
#include "http/envelope.hpp"
#include "http/media_type.hpp"

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
    MIM_CHECK(body.verdict());
    const app::ScriptRequest wanted{
        .database = *database, .collections = std::move(collections), .mode = mode, .source = source};
    MIM_TRY(made, context.api.comparisons.script(wanted));
    if (wants_javascript(request.accept)) return bare_script(std::move(made));
    return answer([&](JsonWriter& json) {
        json.begin_object().field("script", made.script.text).field("filename", made.filename);
        json.field("creates", made.script.creates).field("drops", made.script.drops);
        json.field("modifies", made.script.modifies).end_object();
    });
}

}  // namespace mim::http
