#include "main/tracing.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <unistd.h>

#include "drivers/curl/url.hpp"

namespace mim::main {
namespace {

constexpr std::size_t longest_word = 1'024;  // of the intake

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

bool is_service_name(const std::string& name) {
    const auto fits = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == ' ' || c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= longest_word && std::ranges::all_of(name, fits);
}

// A line break would begin another header.
bool is_header_text(const Secret& secret) {
    return std::ranges::all_of(secret.reveal(), [](unsigned char c) { return std::isgraph(c) != 0; });
}

Done check(const ApmSettings& apm) {
    if (!is_service_name(apm.service_name))
        return invalid_field("--apm-service-name", "only letters, digits, spaces, _ and - may stand in it");
    if (apm.environment.size() > longest_word)
        return invalid_field("--apm-environment", "it may have 1024 characters");
    if (!apm.secret_token.empty() && !apm.api_key.empty())
        return invalid_field("--apm-api-key", "set it or --apm-secret-token, not both");
    if (!is_header_text(apm.secret_token))
        return invalid_field("--apm-secret-token", "it holds what no header can carry");
    if (!is_header_text(apm.api_key))
        return invalid_field("--apm-api-key", "it holds what no header can carry");
    return {};
}

observe::SenderSettings sender_settings(const ServeSettings& settings, std::string url) {
    const ApmSettings& apm = settings.apm;
    observe::SenderSettings sender;
    sender.server_url = std::move(url);
    sender.secret_token = apm.secret_token;
    sender.api_key = apm.api_key;
    sender.ca_file = apm.ca_file;
    sender.timeout = apm.timeout;
    sender.most_events = apm.queue_events;
    sender.service = {.name = apm.service_name,
                      .version = program_version,
                      .environment = apm.environment,
                      .host = host_name(),
                      .store = settings.store.empty() ? "sqlite" : "mongodb",
                      .queue = settings.queue.empty() ? "sqlite" : "redis"};
    return sender;
}

}  // namespace

Result<std::unique_ptr<Tracing>> Tracing::create(const ServeSettings& settings, Logger& log) {
    std::unique_ptr<Tracing> tracing(new Tracing());
    const ApmSettings& apm = settings.apm;
    if (apm.server_url.empty()) return tracing;
    MIM_CHECK(check(apm));
    auto url = curl::parse_base_url(apm.server_url);
    if (!url) return invalid_field("--apm-server-url", url.error().message);
    const auto continuation = apm.continuation == TraceContinuation::follow ? trace::Continuation::follow
                                                                            : trace::Continuation::restart;
    tracing->sender_ = std::make_unique<observe::Sender>(sender_settings(settings, std::move(*url)), log);
    tracing->tracer_ = std::make_unique<trace::Tracer>(
        *tracing->sender_,
        trace::TracerSettings{.sample_rate = apm.sample_rate, .continuation = continuation});
    return tracing;
}

observe::SenderFigures Tracing::figures() const {
    return sender_ ? sender_->figures() : observe::SenderFigures{};
}

void Tracing::close(Deadline deadline) {
    if (sender_) sender_->close(deadline);
}

}  // namespace mim::main
