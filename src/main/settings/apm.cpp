#include "main/settings/topics.hpp"

namespace mim::main {

void add_apm_settings(SettingTable& table, ServeSettings& settings) {
    observe::SenderSettings& sender = settings.apm.sender;
    trace::TracerSettings& tracing = settings.apm.tracing;
    const std::map<std::string, trace::Continuation> continuations{{"follow", trace::Continuation::follow},
                                                                   {"restart", trace::Continuation::restart}};
    table.add_text("--apm-server-url", sender.server_url,
                   "Elastic APM server to send traces to, http://HOST:8200; without it nothing is traced");
    table.add_secret("--apm-secret-token", sender.secret_token,
                     "Its secret token; better set as a variable than as a flag, which others can see",
                     "TOKEN");
    table.add_secret("--apm-api-key", sender.api_key,
                     "Or an API key for it, base64 of ID:KEY; better set as a variable", "KEY");
    table.add_path("--apm-ca-file", sender.ca_file,
                   "Authorities to trust for its certificate (PEM), instead of the machine's");
    table.add_text("--apm-service-name", sender.service.name, "Name of this service there");
    table.add_text("--apm-environment", sender.service.environment,
                   "Environment of this service there, such as production");
    table.add_share("--apm-sample-rate", tracing.sample_rate, "Part of the traces to keep whole, 0 to 1");
    table.add_choice("--apm-continuation", tracing.continuation, continuations,
                     "Of a caller's trace: follow it and its sampling, or restart with a trace of our own");
    table.add_count("--apm-queue-events", sender.most_events,
                    "Events that may wait to be sent; more are dropped and counted", 1'000, 1'000'000);
    table.add_seconds("--apm-timeout-seconds", sender.timeout, "Longest wait for the APM server's answer");
}

}  // namespace mim::main
