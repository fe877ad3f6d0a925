// A plain socket that speaks HTTP byte by byte, so that tests can also speak it badly. Every read waits for
// its event and gives up after ten seconds.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mim::http {

struct RawResponse {
    unsigned status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    [[nodiscard]] std::string header(const std::string& name) const {  // "" when absent
        const auto found = headers.find(name);
        return found != headers.end() ? found->second : std::string();
    }
};

class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // False when the peer has closed.
    bool send(std::string_view bytes);
    // One whole answer with a Content-Length; none when the connection ended before.
    std::optional<RawResponse> read_response();
    // The head of one answer, its body left unread.
    std::optional<RawResponse> read_head();
    std::string read_until(
        std::string_view mark);  // everything up to and with `mark`; what there was, at the end
    std::string read_to_end();
    // Whether the peer closes the connection without sending anything more.
    bool is_closed();
    void finish_sending();

    // The two steps at once; `headers` are whole lines.
    std::optional<RawResponse> exchange(std::string_view method, std::string_view path,
                                        std::string_view body = "", std::string_view headers = "");

  private:
    bool fill();  // more bytes into `buffer_`; false at the end or after the time limit
    int socket_ = -1;
    std::string buffer_;
};

}  // namespace mim::http
