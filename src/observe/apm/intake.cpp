#include "observe/apm/intake.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <unistd.h>

namespace mim::observe {
namespace {

namespace json = boost::json;
using trace::ErrorReport;
using trace::SpanReport;
using trace::TransactionReport;

std::string_view word(trace::Outcome outcome) {
    return outcome == trace::Outcome::success ? "success" : "failure";
}

std::string_view word(trace::Kind kind) {
    return kind == trace::Kind::request ? "request" : "backgroundjob";
}

std::string_view engine_of(trace::System system, const Service& service) {
    if (system == trace::System::store) return service.store;
    return system == trace::System::queue ? service.queue : std::string_view("mongodb");
}

double in_milliseconds(std::chrono::microseconds span) {
    return static_cast<double>(span.count()) / 1000.0;
}

bool is_sampled(const TransactionReport& report) {
    return report.sampled == trace::Sampled::yes;
}

void append_line(std::string& body, std::string_view kind, json::object event) {
    json::object line;
    line[kind] = std::move(event);
    body += json::serialize(line);
    body += '\n';
}

json::object context_of(const TransactionReport& report) {
    json::object context;
    if (report.kind == trace::Kind::request) {
        context["request"] = json::object{{"method", report.method}};
        context["response"] = json::object{{"status_code", report.status}};
    }
    if (!report.user.empty()) context["user"] = json::object{{"id", report.user}};
    json::object tags;
    for (const trace::Label& label : report.labels) tags[label.name] = label.value;
    if (!tags.empty()) context["tags"] = std::move(tags);
    return context;
}

json::array links_of(const trace::Link& link) {
    return {json::object{{"trace_id", link.trace.text()}, {"span_id", link.event.text()}}};
}

json::object transaction_event(const TransactionReport& report) {
    json::object event{
        {"id", report.id.text()},
        {"trace_id", report.trace.text()},
        {"type", word(report.kind)},
        {"name", report.name},
        {"result", report.result},
        {"outcome", word(report.outcome)},
        {"timestamp", report.started.time_since_epoch().count()},
        {"duration", in_milliseconds(report.took)},
        {"sampled", is_sampled(report)},
        {"span_count", json::object{{"started", report.spans.size()}, {"dropped", report.dropped_spans}}}};
    if (report.parent) event["parent_id"] = report.parent->text();
    if (report.rate) event["sample_rate"] = *report.rate;
    if (report.link) event["links"] = links_of(*report.link);
    if (is_sampled(report)) event["context"] = context_of(report);
    return event;
}

// Whom the call was made to, by fixed words: never an address.
json::object callee(const SpanReport& span, const Service& service) {
    const std::string_view engine = engine_of(span.system, service);
    const std::string resource = std::string(engine) + "/" + std::string(trace::to_string(span.system));
    return {
        {"service",
         json::object{{"target", json::object{{"type", engine}, {"name", trace::to_string(span.system)}}}}},
        {"destination",
         json::object{{"service", json::object{{"resource", resource}, {"name", ""}, {"type", ""}}}}}};
}

json::object span_event(const SpanReport& span, const TransactionReport& report, const Service& service) {
    const std::string_view system = trace::to_string(span.system);
    json::object event{{"id", span.id.text()},
                       {"parent_id", span.parent.text()},
                       {"transaction_id", report.id.text()},
                       {"trace_id", report.trace.text()},
                       {"type", "db"},
                       {"subtype", engine_of(span.system, service)},
                       {"action", system},
                       {"name", std::string(system) + "." + std::string(span.name)},
                       {"outcome", word(span.outcome)},
                       {"timestamp", span.started.time_since_epoch().count()},
                       {"duration", in_milliseconds(span.took)},
                       {"sync", true},
                       {"context", callee(span, service)}};
    if (report.rate) event["sample_rate"] = *report.rate;
    if (span.link) event["links"] = links_of(*span.link);
    return event;
}

// Texts of errors may quote statements and documents: its code says what it was.
json::object error_event(const ErrorReport& error, const TransactionReport& report) {
    return {{"id", error.id.text()},
            {"trace_id", report.trace.text()},
            {"transaction_id", report.id.text()},
            {"parent_id", error.parent.text()},
            {"timestamp", error.when.time_since_epoch().count()},
            {"culprit", error.culprit},
            {"transaction", json::object{{"sampled", is_sampled(report)}, {"type", word(report.kind)}}},
            {"exception", json::object{{"type", error.code}, {"message", error.code}, {"handled", true}}}};
}

}  // namespace

std::string metadata_line(const Service& service) {
    json::object described{{"name", service.name},
                           {"version", service.version},
                           {"agent", json::object{{"name", "mim"}, {"version", service.version}}},
                           {"language", json::object{{"name", "C++"}, {"version", "20"}}}};
    if (!service.environment.empty()) described["environment"] = service.environment;
    json::object metadata{{"service", std::move(described)},
                          {"process", json::object{{"pid", getpid()}, {"title", "mim"}}}};
    if (!service.host.empty()) metadata["system"] = json::object{{"detected_hostname", service.host}};
    std::string line;
    append_line(line, "metadata", std::move(metadata));
    return line;
}

void append_lines(std::string& body, const TransactionReport& report, const Service& service,
                  Unsampled unsampled) {
    if (is_sampled(report) || unsampled == Unsampled::send)
        append_line(body, "transaction", transaction_event(report));
    for (const ErrorReport& error : report.errors) append_line(body, "error", error_event(error, report));
    if (!is_sampled(report)) return;
    for (const SpanReport& span : report.spans) append_line(body, "span", span_event(span, report, service));
}

}  // namespace mim::observe
