#include "main/tracing.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <unistd.h>

#include "base/ascii.hpp"
#include "drivers/crypto/certificate_file.hpp"
#include "drivers/curl/url.hpp"

namespace mim::main {
namespace {

constexpr std::size_t longest_word = 1'024;  // of the intake

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

bool is_service_name(const std::string& name) {
    const auto fits = [](char c) { return ascii::is_letter_or_digit(c) || c == ' ' || c == '_' || c == '-'; };
    return !name.empty() && name.size() <= longest_word && std::ranges::all_of(name, fits);
}

// A line break would begin another header.
bool is_header_text(const Secret& secret) {
    return std::ranges::all_of(secret.reveal(), [](unsigned char c) { return std::isgraph(c) != 0; });
}

// None of the machine's own authorities: then those of the file are all that count.
Done check_ca_file(const std::filesystem::path& file) {
    if (file.empty()) return {};
    const auto readable = drivers::crypto::check_certificates(file);
    if (!readable) return invalid_field("--apm-ca-file", readable.error().message);
    return {};
}

void note(std::vector<FieldError>& problems, const Done& judged) {
    if (judged) return;
    const Error error = judged.error();
    problems.insert(problems.end(), error.fields.begin(), error.fields.end());
}

Done check_words(const observe::SenderSettings& sender) {
    if (!is_service_name(sender.service.name))
        return invalid_field("--apm-service-name", "only letters, digits, spaces, _ and - may stand in it");
    if (sender.service.environment.size() > longest_word)
        return invalid_field("--apm-environment", "it may have 1024 characters");
    return {};
}

Done check_secrets(const observe::SenderSettings& sender) {
    if (!sender.secret_token.empty() && !sender.api_key.empty())
        return invalid_field("--apm-api-key", "set it or --apm-secret-token, not both");
    if (!is_header_text(sender.secret_token))
        return invalid_field("--apm-secret-token", "it holds what no header can carry");
    if (!is_header_text(sender.api_key))
        return invalid_field("--apm-api-key", "it holds what no header can carry");
    return {};
}

Done check_url(const std::string& text) {
    const auto url = curl::parse_base_url(text);
    if (!url) return invalid_field("--apm-server-url", url.error().message);
    return {};
}

observe::SenderSettings sender_settings(const ServeSettings& settings, std::string url) {
    observe::SenderSettings sender = settings.apm.sender;
    sender.server_url = std::move(url);
    sender.service.version = program_version;
    sender.service.host = host_name();
    sender.service.store = settings.store.empty() ? "sqlite" : "mongodb";
    sender.service.queue = settings.queue.empty() ? "sqlite" : "redis";
    return sender;
}

}  // namespace

std::vector<FieldError> tracing_problems(const ApmSettings& apm) {
    std::vector<FieldError> problems;
    if (apm.sender.server_url.empty()) return problems;
    note(problems, check_url(apm.sender.server_url));
    note(problems, check_words(apm.sender));
    note(problems, check_secrets(apm.sender));
    note(problems, check_ca_file(apm.sender.ca_file));
    return problems;
}

Result<std::unique_ptr<Tracing>> Tracing::create(const ServeSettings& settings, Logger& log) {
    std::unique_ptr<Tracing> tracing(new Tracing());
    const ApmSettings& apm = settings.apm;
    if (apm.sender.server_url.empty()) return tracing;
    MIM_TRY(url, curl::parse_base_url(apm.sender.server_url));
    tracing->sender_ = std::make_unique<observe::Sender>(sender_settings(settings, std::move(url)), log);
    tracing->tracer_ = std::make_unique<trace::Tracer>(*tracing->sender_, apm.tracing);
    return tracing;
}

observe::SenderFigures Tracing::figures() const {
    return sender_ ? sender_->figures() : observe::SenderFigures{};
}

void Tracing::close(Deadline deadline) {
    if (sender_) sender_->close(deadline);
}

}  // namespace mim::main
