// HTTP requests, one after the other over a connection that is kept open. For one thread at a time, except
// `give_up_at`.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace mim::curl {

// Whether the server's certificate must be one of its name that an authority vouches for.
enum class Certificates { verified, ignored };
// By the proxy that variables of the environment name, if they do, or straight to the server.
enum class Way { as_the_environment_says, direct };

struct ClientSettings {
    std::chrono::milliseconds timeout{5'000};  // of one request, connecting included
    std::filesystem::path ca_file;             // PEM; empty = the machine's own authorities
    std::vector<Secret> headers;               // whole lines, of every request: "Name: value"
    Certificates certificates = Certificates::verified;
    Way way = Way::as_the_environment_says;
};

struct Reply {
    unsigned status = 0;
    std::string body;  // its first 64 KiB
};

// Of libcurl, as it runs.
[[nodiscard]] std::string library_version();

class Client {
  public:
    // Before the process has threads that may use libcurl too.
    explicit Client(ClientSettings settings);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Blocking. A redirection is an answer like others. An answer that did not come is not_ready, with a
    // reason that names neither URL nor header.
    [[nodiscard]] Result<Reply> get(const std::string& url);
    // `headers`: of this request only.
    [[nodiscard]] Result<Reply> post(const std::string& url, const std::string& body,
                                     const std::vector<std::string>& headers);

    // No request lasts beyond it, also one that is under way. From any thread.
    void give_up_at(Deadline deadline);

  private:
    struct Handles;
    [[nodiscard]] Result<Reply> perform(const std::string& url, const std::vector<std::string>& headers);
    [[nodiscard]] Done transfer();

    const ClientSettings settings_;
    std::unique_ptr<Handles> handles_;
    std::atomic<std::chrono::steady_clock::time_point> end_{std::chrono::steady_clock::time_point::max()};
};

}  // namespace mim::curl
