// Runs the queue's scripts on Redis: by their digest, whole when Redis does not know them (any more), and
// once more when the connection broke. Thread-safe; blocks up to the client's spans.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/redis/client.hpp"

namespace mim::queue {

// What a script gets: its arguments, and for those that ask, whether they are sent for the second time.
struct ScriptCall {
    std::string_view script;
    std::vector<std::string> arguments;
};

class ScriptRunner {
  public:
    explicit ScriptRunner(redis::ClientSettings settings) : client_(std::move(settings)) {}

    // Never a Reply of kind error: that is store_failed, or not_ready when Redis says that it will pass.
    [[nodiscard]] Result<redis::Reply> run(const ScriptCall& call);
    // The same; `repeated` replaces the call when the first try's outcome is not known.
    [[nodiscard]] Result<redis::Reply> run(const ScriptCall& call, const ScriptCall& repeated);
    // Returns when the stream has an entry after `last`, after `span`, or when the alarm rang.
    void await_entry(const std::string& last, std::chrono::milliseconds span, const redis::Alarm& alarm);

  private:
    struct Prepared {
        std::string text;
        std::string digest;
    };
    [[nodiscard]] const Prepared& prepared(std::string_view script);
    [[nodiscard]] Result<redis::Reply> run_once(const ScriptCall& call);

    redis::Client client_;
    std::mutex mutex_;
    std::map<const char*, Prepared> prepared_;
};

}  // namespace mim::queue
