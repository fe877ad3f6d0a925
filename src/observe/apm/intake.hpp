// Reports as lines of Elastic's intake v2 (newline-delimited JSON). Pure. Source of its rules: the JSON
// schemas of the APM server, docs/spec/v2, and the specifications of its agents.
#pragma once

#include <string>

#include "trace/report.hpp"

namespace mim::observe {

// Who reports, and on what it stands. All of it is written down as it is: at most 1,024 characters each.
struct Service {
    std::string name = "mim";  // letters, digits, space, `_` and `-`
    std::string version;
    std::string environment;            // empty = none
    std::string host;                   // empty = unknown
    std::string_view store = "sqlite";  // or "mongodb"
    std::string_view queue = "sqlite";  // or "redis"
};

// The first line of every request.
[[nodiscard]] std::string metadata_line(const Service& service);

// Servers before 8.0 count the transactions that were not sampled, later ones do not want them; errors are
// for all.
enum class Unsampled { send, leave_out };

// The transaction, its errors and its spans, a line each with a line break at its end.
void append_lines(std::string& body, const trace::TransactionReport& report, const Service& service,
                  Unsampled unsampled);

}  // namespace mim::observe
