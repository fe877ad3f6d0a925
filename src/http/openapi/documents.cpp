#include "http/openapi/documents.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "http/openapi/html_page.hpp"

namespace mim::http {

namespace json = boost::json;

// Operations name "/" as their own server in the source, so that only the API moves with the base path.
Documents render_documents(const std::vector<std::string>& base_paths) {
    json::value document = json::parse(openapi_source());
    json::array servers;
    for (const std::string& base : base_paths) {
        servers.push_back(json::object{{"url", base.empty() ? "/" : base}});
    }
    document.as_object()["servers"] = std::move(servers);
    Documents made;
    made.openapi = json::serialize(document);
    made.page = html_page(document.as_object());
    return made;
}

}  // namespace mim::http
