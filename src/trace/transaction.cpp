#include "trace/transaction.hpp"

#include <algorithm>

namespace mim::trace {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

Transaction*& current_of_thread() {
    thread_local Transaction* current = nullptr;
    return current;
}

}  // namespace

Transaction::~Transaction() {
    // One that nobody ended was cut off with its connection, at a shutdown.
    if (!is_wanted_ || report_.result.empty()) return;
    report_.took = duration_cast<microseconds>(std::chrono::steady_clock::now() - began_);
    reporter_.report(std::move(report_));
}

// The wall clock is asked once a transaction: its spans keep their distances whatever happens to that clock.
Microseconds Transaction::wall(SteadyTime when) const {
    return report_.started + duration_cast<microseconds>(when - began_);
}

void Transaction::end_as(Outcome outcome, std::string result) {
    report_.outcome = outcome;
    report_.result = std::move(result);
}

void Transaction::answered(std::string_view method, unsigned status, std::string_view user) {
    if (report_.sampled == Sampled::no) return;
    report_.method = method;
    report_.status = status;
    report_.user = user;
}

void Transaction::label(std::string_view name, std::string value) {
    if (report_.sampled == Sampled::yes) report_.labels.push_back({name, std::move(value)});
}

void Transaction::failed(std::string_view code, std::string_view culprit) {
    const EventId parent = report_.sampled == Sampled::yes ? innermost_ : report_.id;
    const auto is_known = [&](const ErrorReport& error) {
        return error.code == code && error.parent == parent;
    };
    if (report_.errors.size() >= most_errors || std::ranges::any_of(report_.errors, is_known)) return;
    report_.errors.push_back(
        {ErrorId::generate(), parent, code, culprit, wall(std::chrono::steady_clock::now())});
}

bool Transaction::has_failed_with(std::string_view code) const {
    return std::ranges::any_of(report_.errors, [&](const ErrorReport& error) { return error.code == code; });
}

Transaction::Span::Span(Transaction& transaction, System system, std::string_view name)
    : transaction_(transaction), system_(system), name_(name), outer_(transaction.innermost_) {
    transaction_.innermost_ = id_;
}

Transaction::Span::~Span() {
    if (!ended_) end(Outcome::failure, std::chrono::steady_clock::now());
}

void Transaction::Span::end(Outcome outcome, SteadyTime now) {
    ended_ = true;
    transaction_.innermost_ = outer_;
    TransactionReport& report = transaction_.report_;
    if (report.sampled == Sampled::no) return;
    if (report.spans.size() >= most_spans) {
        ++report.dropped_spans;
        return;
    }
    report.spans.push_back({id_, outer_, system_, name_, transaction_.wall(began_),
                            duration_cast<microseconds>(now - began_), outcome, link_});
}

Transaction* current() {
    return current_of_thread();
}

Activation::Activation(Transaction* transaction) : outer_(current_of_thread()) {
    current_of_thread() = transaction;
}
Activation::~Activation() {
    current_of_thread() = outer_;
}

void note_failure(std::string_view code, std::string_view culprit) {
    if (Transaction* const transaction = current()) transaction->failed(code, culprit);
}

void note_if_new(std::string_view code, std::string_view culprit) {
    Transaction* const transaction = current();
    if (transaction != nullptr && !transaction->has_failed_with(code)) transaction->failed(code, culprit);
}

}  // namespace mim::trace
