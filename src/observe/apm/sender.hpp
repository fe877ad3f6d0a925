// Sends reports to an Elastic APM server, from a thread of its own. Whoever reports is never kept waiting: a
// full queue drops, a server that cannot be reached is left alone for a while, what it did not take is gone.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <thread>

#include "base/deadline.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "drivers/curl/client.hpp"
#include "observe/apm/intake.hpp"
#include "observe/apm/report_queue.hpp"

namespace mim::observe {

struct SenderSettings {
    std::string server_url;                    // http:// or https://, as drivers/curl/url.hpp has it
    Secret secret_token;                       // at most one of the two
    Secret api_key;                            // base64 of ID:KEY, as Elastic shows it
    std::filesystem::path ca_file;             // empty = the machine's own authorities
    std::chrono::milliseconds timeout{5'000};  // of one request to the server
    std::size_t most_events = 4'096;           // that may wait; about 1 KiB each
    Service service;
};

// Events, since the start.
struct SenderFigures {
    std::uint64_t sent = 0;
    std::uint64_t dropped_full = 0;    // the queue had no place
    std::uint64_t dropped_failed = 0;  // the server did not take them
};

// How long to leave a server alone after its n-th failure in a row, from 1: 0, 1, 4, 9, 16, 25, 36 seconds,
// give or take a tenth by `chance`, 0 to 1.
[[nodiscard]] std::chrono::milliseconds pause_after(int failures, double chance);

class Sender final : public trace::Reporter {
  public:
    // `log` must outlive it.
    Sender(SenderSettings settings, Logger& log);
    ~Sender() override;  // drops what waits

    void report(trace::TransactionReport&& report) noexcept override;
    // Sends what waits, until `deadline` at most; what is reported after that is dropped. Once.
    void close(Deadline deadline);
    [[nodiscard]] SenderFigures figures() const;

  private:
    enum class Taken { yes, no };

    void work();
    [[nodiscard]] Taken send(const std::vector<trace::TransactionReport>& reports);
    [[nodiscard]] Done ask_version();
    [[nodiscard]] Taken post(const std::string& body);
    Taken failed(const std::string& reason);

    const SenderSettings settings_;
    const std::string metadata_;
    Logger& log_;
    ReportQueue queue_;
    curl::Client client_;
    std::atomic<std::uint64_t> sent_ = 0;
    std::atomic<std::uint64_t> dropped_full_ = 0;
    std::atomic<std::uint64_t> dropped_failed_ = 0;
    std::atomic<bool> wants_unsampled_ = true;
    // Of the thread only.
    int failures_ = 0;
    bool knows_version_ = false;
    SteadyTime not_before_{};
    std::thread thread_;
};

}  // namespace mim::observe
