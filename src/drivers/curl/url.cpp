#include "drivers/curl/url.hpp"

#include <memory>

#include <curl/curl.h>

namespace mim::curl {
namespace {

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeText {
    void operator()(char* text) const { curl_free(text); }
};

// Empty when the URL has no such part.
std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    return std::unique_ptr<char, FreeText>(text).get();
}

}  // namespace

Result<std::string> parse_base_url(const std::string& text) {
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return Error{ErrorCode::invalid_input, "it is not a URL such as http://127.0.0.1:8200"};
    const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return Error{ErrorCode::invalid_input, "it must begin with http:// or https://"};
    for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD}) {
        if (!part_of(url.get(), part).empty())
            return Error{ErrorCode::invalid_input, "it must not hold a user or a password"};
    }
    for (const CURLUPart part : {CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
        if (!part_of(url.get(), part).empty())
            return Error{ErrorCode::invalid_input, "it must end with its path"};
    }
    std::string base = text;
    while (base.ends_with('/')) base.pop_back();
    return base;
}

}  // namespace mim::curl
