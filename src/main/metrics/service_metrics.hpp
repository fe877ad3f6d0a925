// What the server, its workers and its queue count. Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "app/ports/job_queue.hpp"
#include "http/api.hpp"

namespace prometheus {
class Counter;
class Histogram;
class Registry;
}  // namespace prometheus

namespace mim::main {

class ServiceMetrics final : public http::ServerObserver {
  public:
    explicit ServiceMetrics(prometheus::Registry& registry);
    ~ServiceMetrics() override;

    void on_request(std::string_view method, std::string_view route, unsigned status,
                    std::chrono::microseconds took) override;
    void on_connections(std::size_t open) override;
    void on_event_streams(std::size_t open) override;
    void on_rejected(std::string_view reason) override;
    // A sync this process ran came to an end: "finished", "hand_back", "lost", "retry_later".
    void on_sync_run(std::string_view outcome, std::chrono::milliseconds took);

    // A worker of this process begins with a job for the attempt-th time.
    void on_attempt(int attempt);

    // Without an answer of the queue its figures stay as they were last seen. Blocking.
    void read(app::JobQueue& queue);

  private:
    struct Families;
    struct Series {
        prometheus::Counter* requests;
        prometheus::Histogram* seconds;
    };
    [[nodiscard]] Series series_of(std::string_view method, std::string_view route, unsigned status);
    std::unique_ptr<Families> families_;
};

}  // namespace mim::main
