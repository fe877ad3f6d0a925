// What the process counts, as a Prometheus page. With call_metrics and process_metrics the only places that
// know prometheus-cpp. Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "app/ports/job_queue.hpp"
#include "http/api.hpp"

namespace prometheus {
class Counter;
class Histogram;
}  // namespace prometheus

namespace mim::main {

class Metrics final : public http::ServerObserver {
  public:
    Metrics();
    ~Metrics() override;

    void on_request(std::string_view method, std::string_view route, unsigned status,
                    std::chrono::microseconds took) override;
    void on_connections(std::size_t open) override;
    void on_event_streams(std::size_t open) override;
    void on_rejected(std::string_view reason) override;
    // A sync this process ran came to an end: "finished", "hand_back", "lost", "retry_later".
    void on_sync_run(std::string_view outcome, std::chrono::milliseconds took);

    // A worker of this process begins with a job for the attempt-th time.
    void on_attempt(int attempt);

    // Reads the queue's figures while it writes the page. Blocking.
    [[nodiscard]] std::string page(app::JobQueue& queue);

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
