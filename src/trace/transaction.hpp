// A request or a run under way. Belongs to one thread at a time.
#pragma once

#include "base/clock.hpp"
#include "trace/report.hpp"

namespace mim::trace {

// What is kept of one transaction; more is counted only.
inline constexpr std::size_t most_spans = 500;
inline constexpr std::size_t most_errors = 50;

class Transaction {
  public:
    // `reporter` must outlive it. `began` is when the work began, which may be a little while ago.
    Transaction(Reporter& reporter, TransactionReport begun, SteadyTime began)
        : reporter_(reporter), report_(std::move(begun)), began_(began), innermost_(report_.id) {}
    // Reports it.
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] const TraceId& trace() const { return report_.trace; }
    [[nodiscard]] const EventId& id() const { return report_.id; }
    // `00-TRACE-ID-01`, for the caller to find the trace by.
    [[nodiscard]] std::string context() const {
        return to_text({report_.trace, report_.id, report_.sampled});
    }

    // Nothing happened that is worth telling: it will not be reported.
    void forget() { is_wanted_ = false; }
    void name(std::string text) { report_.name = std::move(text); }
    void end_as(Outcome outcome, std::string result);
    void answered(std::string_view method, unsigned status, std::string_view user);
    void label(std::string_view name, std::string value);
    // An error of the innermost open span. The same code is noted once for one span.
    void failed(std::string_view code, std::string_view culprit);
    [[nodiscard]] bool has_failed_with(std::string_view code) const;

    // A call that is being made; spans opened before it ends are its children. Ends with `end`, or as a
    // failure when it goes without.
    class Span {
      public:
        Span(Transaction& transaction, System system, std::string_view name);
        ~Span();
        Span(const Span&) = delete;
        Span& operator=(const Span&) = delete;
        void end(Outcome outcome, SteadyTime now);
        void link(const Link& to) { link_ = to; }

      private:
        Transaction& transaction_;
        const System system_;
        const std::string_view name_;
        const EventId id_ = EventId::generate();
        const EventId outer_;
        const SteadyTime began_ = std::chrono::steady_clock::now();
        std::optional<Link> link_;
        bool ended_ = false;
    };

  private:
    [[nodiscard]] Microseconds wall(SteadyTime when) const;

    Reporter& reporter_;
    TransactionReport report_;
    const SteadyTime began_;
    EventId innermost_;
    bool is_wanted_ = true;
};

// The transaction this thread works for; null when there is none.
[[nodiscard]] Transaction* current();

// Makes it the current one of this thread for as long as this lives. Null is fine.
class Activation {
  public:
    explicit Activation(Transaction* transaction);
    ~Activation();
    Activation(const Activation&) = delete;
    Activation& operator=(const Activation&) = delete;

  private:
    Transaction* outer_;
};

// Notes it with the current transaction, if there is one.
void note_failure(std::string_view code, std::string_view culprit);
// The same, unless it has noted this code before: for who tells of an error on its way out.
void note_if_new(std::string_view code, std::string_view culprit);

}  // namespace mim::trace
