#include "http/envelope.hpp"

namespace mim::http {

JsonWriter open_envelope(std::string& out, unsigned status) {
    JsonWriter json(out);
    json.begin_object().field("status_code", status).field("error_code", 0).key("data");
    return json;
}

Response success(unsigned status) {
    return answer([](JsonWriter& json) { json.begin_object().field("success", true).end_object(); }, status);
}

void write_extra(JsonWriter& json, const Extra& extra) {
    json.key("extra").begin_object().field("limit", extra.limit).field("page", extra.page);
    json.field("total", extra.total).end_object();
}

}  // namespace mim::http
