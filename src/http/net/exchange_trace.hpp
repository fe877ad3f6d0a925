// The transaction of one exchange: begun from its headers, shown in its answer, ended with it.
#pragma once

#include <memory>
#include <string_view>

#include "http/request.hpp"
#include "http/response.hpp"
#include "trace/tracer.hpp"

namespace mim::http {

// The headers as sent; empty when missing.
[[nodiscard]] std::unique_ptr<trace::Transaction> begin_trace(const trace::Tracer& tracer,
                                                              std::string_view traceparent,
                                                              std::string_view tracestate,
                                                              SteadyTime arrived);
// As the header `traceresponse`, so that a caller finds the trace. Nothing without a transaction.
void show_trace(const trace::Transaction* transaction, Response& response);
// `pattern`: of the route, or "-". Nothing without a transaction.
void end_trace(std::unique_ptr<trace::Transaction> transaction, const Request& request,
               std::string_view pattern, unsigned status);

}  // namespace mim::http
