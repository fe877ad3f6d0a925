#include "observe/apm/sender.hpp"

#include <algorithm>
#include <charconv>
#include <random>

#include <boost/json/parse.hpp>

#include "drivers/zlib/gzip.hpp"

namespace mim::observe {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t events_a_request = 1'000;
constexpr milliseconds linger{500};  // for more events to share a request
constexpr unsigned first_good_status = 200;
constexpr unsigned last_good_status = 299;
constexpr int first_without_unsampled = 8;
const std::vector<std::string> intake_headers{"Content-Type: application/x-ndjson", "Content-Encoding: gzip"};

bool is_good(unsigned status) {
    return status >= first_good_status && status <= last_good_status;
}

std::size_t events_of(const std::vector<trace::TransactionReport>& reports) {
    std::size_t events = 0;
    for (const auto& report : reports) events += report.events();
    return events;
}

curl::ClientSettings client_settings(const SenderSettings& settings) {
    curl::ClientSettings client{.timeout = settings.timeout, .ca_file = settings.ca_file, .headers = {}};
    client.headers.emplace_back("User-Agent: mim/" + settings.service.version);
    if (!settings.secret_token.empty())
        client.headers.emplace_back("Authorization: Bearer " + settings.secret_token.reveal());
    if (!settings.api_key.empty())
        client.headers.emplace_back("Authorization: ApiKey " + settings.api_key.reveal());
    return client;
}

// Of `{"version": "8.17.0", …}`; none when the server does not say.
std::optional<int> major_version(const std::string& body) {
    boost::json::error_code failure;
    const auto value = boost::json::parse(body, failure);
    const auto* const object = failure ? nullptr : value.if_object();
    const auto* const version = object != nullptr ? object->if_contains("version") : nullptr;
    const auto* const text = version != nullptr ? version->if_string() : nullptr;
    int major = 0;
    if (text == nullptr ||
        std::from_chars(text->data(), text->data() + text->size(), major).ec != std::errc{})
        return std::nullopt;
    return major;
}

double some_chance() {
    thread_local std::minstd_rand chance{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(chance);
}

}  // namespace

milliseconds pause_after(int failures, double chance) {
    constexpr int longest = 6;
    constexpr double spread = 0.2;
    const int step = std::clamp(failures - 1, 0, longest);
    const double seconds = step * step * (1 - spread / 2 + spread * chance);
    return std::chrono::duration_cast<milliseconds>(std::chrono::duration<double>(seconds));
}

Sender::Sender(SenderSettings settings, Logger& log)
    : settings_(std::move(settings)),
      metadata_(metadata_line(settings_.service)),
      log_(log),
      queue_(settings_.most_events),
      client_(client_settings(settings_)),
      thread_([this] { work(); }) {}

Sender::~Sender() {
    close(Deadline(std::chrono::steady_clock::now()));
}

void Sender::close(Deadline deadline) {
    client_.give_up_at(deadline);
    queue_.close();
    if (thread_.joinable()) thread_.join();
}

void Sender::report(trace::TransactionReport&& report) noexcept {
    if (report.sampled == trace::Sampled::no && !wants_unsampled_.load(std::memory_order_relaxed) &&
        report.errors.empty())
        return;
    const std::size_t events = report.events();
    try {
        if (queue_.put(std::move(report)) == ReportQueue::Put::taken) return;
    } catch (const std::exception&) {  // no memory for it: dropped like one too many
    }
    dropped_full_ += events;
}

SenderFigures Sender::figures() const {
    return {sent_.load(), dropped_full_.load(), dropped_failed_.load()};
}

void Sender::work() {
    while (true) {
        const auto reports = queue_.take(events_a_request, linger, not_before_);
        if (reports.empty()) return;
        auto& count = send(reports) == Taken::yes ? sent_ : dropped_failed_;
        count += events_of(reports);
    }
}

Sender::Taken Sender::send(const std::vector<trace::TransactionReport>& reports) {
    try {
        if (!knows_version_) {
            if (const Done asked = ask_version(); !asked) return failed(asked.error().message);
        }
        const auto unsampled = wants_unsampled_ ? Unsampled::send : Unsampled::leave_out;
        std::string body = metadata_;
        for (const auto& report : reports) append_lines(body, report, settings_.service, unsampled);
        return body.size() == metadata_.size() ? Taken::yes : post(zlib::gzip(body));
    } catch (const std::exception& exception) {
        return failed(exception.what());
    }
}

// One that does not tell its version gets everything.
Done Sender::ask_version() {
    MIM_TRY(reply, client_.get(settings_.server_url + "/"));
    const auto major = is_good(reply.status) ? major_version(reply.body) : std::nullopt;
    knows_version_ = true;
    wants_unsampled_ = !major || *major < first_without_unsampled;
    return {};
}

Sender::Taken Sender::post(const std::string& body) {
    const auto reply = client_.post(settings_.server_url + "/intake/v2/events", body, intake_headers);
    if (!reply) return failed(reply.error().message);
    if (!is_good(reply->status)) return failed("HTTP " + std::to_string(reply->status));
    if (failures_ > 0) log_.info("apm.restored", {{"failures", failures_}});
    failures_ = 0;
    return Taken::yes;
}

// Said once an outage, not once a try.
Sender::Taken Sender::failed(const std::string& reason) {
    ++failures_;
    knows_version_ = false;  // another one may answer next time
    not_before_ = std::chrono::steady_clock::now() + pause_after(failures_, some_chance());
    if (failures_ == 1) log_.warning("apm.failed", {{"reason", reason}});
    return Taken::no;
}

}  // namespace mim::observe
