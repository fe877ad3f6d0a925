#include "drivers/curl/client.hpp"

#include <algorithm>
#include <new>

#include <curl/curl.h>

namespace mim::curl {
namespace {

constexpr std::size_t most_kept = 64UL * 1024;

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void append(List& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
}

std::size_t keep(char* data, std::size_t, std::size_t size, void* body) {
    auto& kept = *static_cast<std::string*>(body);
    kept.append(data, std::min(size, most_kept - kept.size()));
    return size;
}

Error no_answer(std::string why) {
    return {ErrorCode::not_ready, std::move(why)};
}

// libcurl's words for its codes are others in another version.
std::string cause_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "its name has no address";
        case CURLE_COULDNT_CONNECT:
            return "it takes no connection";
        case CURLE_OPERATION_TIMEDOUT:
            return "it did not answer in time";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "its certificate is not trusted, is out of date or is for another name";
        case CURLE_SSL_CONNECT_ERROR:
            return "TLS with it failed";
        case CURLE_SSL_CACERT_BADFILE:
            return "the file of trusted certificates cannot be read";
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return "the connection broke";
        default:
            return "libcurl gives the code " + std::to_string(static_cast<int>(code));
    }
}

// The easy handle is in the multi handle for one transfer.
class Membership {
  public:
    Membership(CURLM* multi, CURL* easy) : multi_(multi), easy_(easy) { curl_multi_add_handle(multi, easy); }
    ~Membership() { curl_multi_remove_handle(multi_, easy_); }
    Membership(const Membership&) = delete;
    Membership& operator=(const Membership&) = delete;

  private:
    CURLM* multi_;
    CURL* easy_;
};

}  // namespace

struct Client::Handles {
    struct FreeEasy {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };
    struct FreeMulti {
        void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
    };
    std::unique_ptr<CURLM, FreeMulti> multi{curl_multi_init()};
    std::unique_ptr<CURL, FreeEasy> easy{curl_easy_init()};
};

Client::Client(ClientSettings settings) : settings_(std::move(settings)) {
    static const CURLcode library = curl_global_init(CURL_GLOBAL_DEFAULT);
    handles_ = std::make_unique<Handles>();
    if (library != CURLE_OK || !handles_->multi || !handles_->easy) throw std::bad_alloc();
}
Client::~Client() = default;

std::string library_version() {
    return curl_version_info(CURLVERSION_NOW)->version;
}

Result<Reply> Client::get(const std::string& url) {
    curl_easy_setopt(handles_->easy.get(), CURLOPT_HTTPGET, 1L);
    return perform(url, {});
}

Result<Reply> Client::post(const std::string& url, const std::string& body,
                           const std::vector<std::string>& headers) {
    CURL* const easy = handles_->easy.get();
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    return perform(url, headers);
}

Result<Reply> Client::perform(const std::string& url, const std::vector<std::string>& headers) {
    CURL* const easy = handles_->easy.get();
    List lines;
    for (const Secret& line : settings_.headers) append(lines, line.reveal());
    for (const std::string& line : headers) append(lines, line);
    append(lines, "Expect:");  // do not ask before a large body is sent
    Reply reply;
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines.get());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reply.body);
    if (!settings_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings_.ca_file.c_str());
    if (settings_.way == Way::direct) curl_easy_setopt(easy, CURLOPT_PROXY, "");
    if (settings_.certificates == Certificates::ignored) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    const Done done = transfer();
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_reset(easy);
    if (!done) return done.error();
    reply.status = static_cast<unsigned>(status);
    return reply;
}

// By the multi interface, which can be woken while it waits.
Done Client::transfer() {
    CURLM* const multi = handles_->multi.get();
    const Membership member(multi, handles_->easy.get());
    int running = 1;
    while (true) {
        if (curl_multi_perform(multi, &running) != CURLM_OK) return no_answer("libcurl failed");
        if (running == 0) break;
        const Deadline end(std::min(end_.load(), std::chrono::steady_clock::now() + settings_.timeout));
        if (end.passed()) return no_answer("given up");
        curl_multi_poll(multi, nullptr, 0, static_cast<int>(end.left().count()) + 1, nullptr);
    }
    int left = 0;
    const CURLMsg* const message = curl_multi_info_read(multi, &left);
    if (message == nullptr) return no_answer("libcurl failed");
    if (message->data.result != CURLE_OK) return no_answer(cause_of(message->data.result));
    return {};
}

void Client::give_up_at(Deadline deadline) {
    end_ = deadline.when();
    curl_multi_wakeup(handles_->multi.get());
}

}  // namespace mim::curl
