// Traces for an Elastic APM server; without its URL nothing is traced.
#pragma once

#include "observe/apm/sender.hpp"
#include "trace/tracer.hpp"

namespace mim::main {

struct ApmSettings {
    observe::SenderSettings sender;  // what its service is, beyond name and environment, is told at the start
    trace::TracerSettings tracing;
};

}  // namespace mim::main
