// The contract's envelope round every answer: {status_code, error_code, data, extra}.
#pragma once

#include <utility>

#include "app/model/page.hpp"
#include "http/json_writer.hpp"
#include "http/response.hpp"

namespace mim::http {

inline constexpr unsigned status_ok = 200;
inline constexpr unsigned status_created = 201;

// Starts `{"status_code":…,"error_code":0,"data":`; the caller writes the data and `end_object()`.
JsonWriter open_envelope(std::string& out, unsigned status);

// `write(JsonWriter&)` writes the one value that is the data.
template <class WriteData>
[[nodiscard]] Response answer(WriteData&& write, unsigned status = status_ok) {
    Response response;
    response.status = status;
    JsonWriter json = open_envelope(response.body, status);
    std::forward<WriteData>(write)(json);
    json.end_object();
    return response;
}

// `{"success": true}`
[[nodiscard]] Response success(unsigned status = status_ok);

struct Extra {
    int limit = 0;
    int page = 0;
    std::optional<std::int64_t> total;
};
void write_extra(JsonWriter& json, const Extra& extra);

// `write(JsonWriter&, item)` writes one item.
template <class Items, class WriteItem>
[[nodiscard]] Response answer_items(Items&& items, const Extra& extra, WriteItem&& write) {
    Response response;
    JsonWriter json = open_envelope(response.body, status_ok);
    json.begin_array();
    for (auto& item : items) write(json, item);
    json.end_array();
    write_extra(json, extra);
    json.end_object();
    return response;
}

template <class Item, class WriteItem>
[[nodiscard]] Response answer_page(const app::Page<Item>& page, WriteItem&& write) {
    return answer_items(page.items, Extra{page.limit, page.page, page.total}, std::forward<WriteItem>(write));
}

}  // namespace mim::http
