#include "queue/redis/script_runner.hpp"

#include <algorithm>
#include <array>

#include "queue/redis/scripts.hpp"

namespace mim::queue {
namespace {

constexpr const char* key_prefix = "{mim}:";

// States of a server that end by themselves, by the first word of what it says.
constexpr std::array passing{"LOADING",  "READONLY", "MASTERDOWN", "CLUSTERDOWN", "BUSY",
                             "TRYAGAIN", "MISCONF",  "OOM",        "NOREPLICAS"};

Error redis_error(const redis::Reply& reply) {
    const bool passes =
        std::any_of(passing.begin(), passing.end(), [&](const char* word) { return reply.is_error(word); });
    return {passes ? ErrorCode::not_ready : ErrorCode::store_failed, "Redis answered: " + reply.text};
}

std::vector<std::string> command(std::string name, const std::string& script,
                                 const std::vector<std::string>& arguments) {
    std::vector<std::string> words{std::move(name), script, "1", key_prefix};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

}  // namespace

// By its address: the scripts are constants.
const ScriptRunner::Prepared& ScriptRunner::prepared(std::string_view script) {
    const std::lock_guard guard(mutex_);
    auto& entry = prepared_[script.data()];
    if (entry.text.empty()) entry.text = std::string(scripts::prelude).append(script);
    return entry;
}

Result<redis::Reply> ScriptRunner::run_once(const ScriptCall& call) {
    const auto& script = prepared(call.script);
    std::string digest;
    {
        const std::lock_guard guard(mutex_);
        digest = script.digest;
    }
    if (digest.empty()) {  // Redis works it out for us
        MIM_TRY(loaded, client_.run({"SCRIPT", "LOAD", script.text}));
        if (loaded.kind == redis::Reply::Kind::error) return redis_error(loaded);
        digest = loaded.text;
        const std::lock_guard guard(mutex_);
        prepared_[call.script.data()].digest = digest;
    }
    MIM_TRY(reply, client_.run(command("EVALSHA", digest, call.arguments)));
    if (reply.is_error("NOSCRIPT")) {
        MIM_TRY(whole, client_.run(command("EVAL", script.text, call.arguments)));
        reply = std::move(whole);
    }
    if (reply.kind == redis::Reply::Kind::error) return redis_error(reply);
    return reply;
}

Result<redis::Reply> ScriptRunner::run(const ScriptCall& call, const ScriptCall& repeated) {
    auto first = run_once(call);
    if (first || first.error().code != ErrorCode::not_ready) return first;
    return run_once(repeated);
}

Result<redis::Reply> ScriptRunner::run(const ScriptCall& call) {
    return run(call, call);
}

void ScriptRunner::await_entry(const std::string& last, std::chrono::milliseconds span,
                               const redis::Alarm& alarm) {
    const auto woken = client_.run_waiting({"XREAD", "COUNT", "1", "BLOCK", std::to_string(span.count()),
                                            "STREAMS", std::string(key_prefix) + "ready", last},
                                           span, alarm);
    // Who cannot wait at the server waits here, so that nobody asks again without any pause.
    if (!woken || woken->kind == redis::Reply::Kind::error) alarm.wait(span);
}

}  // namespace mim::queue
