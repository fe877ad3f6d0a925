// From one request to one reply: looks the command up, checks who calls, lets a fail point interfere, runs
// it, and delays the answer by the latency. Independent of sockets. Runs on the sandbox's thread.
#pragma once

#include <functional>
#include <memory>

#include "sandbox/instance.hpp"
#include "sandbox/request.hpp"

namespace mim::sandbox {

// The reply to send; none = close the connection without one.
using Answered = std::function<void(std::optional<bson::Document>)>;

// Calls back exactly once, now or later, unless the sandbox ends before.
void dispatch(Instance& instance, std::shared_ptr<Request> request, Answered answered);

}  // namespace mim::sandbox
