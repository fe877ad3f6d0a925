// The connections that the policy refused lately, for telling why. Thread-safe.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace mim::drivers::mongoc {

class Refusals {
  public:
    // `host` as libmongoc writes it: "db.example.com:27017", "[::1]:27017", a path.
    void add(const std::string& host, const std::string& reason);
    void forget(const std::string& host);
    // The reason of the first host that `text` names.
    [[nodiscard]] std::optional<std::string> named_in(std::string_view text) const;

  private:
    struct Refusal {
        std::string reason;
        std::chrono::steady_clock::time_point at;
    };
    void make_room();

    static constexpr std::size_t most = 256;
    mutable std::mutex mutex_;
    std::map<std::string, Refusal> by_host_;
};

}  // namespace mim::drivers::mongoc
