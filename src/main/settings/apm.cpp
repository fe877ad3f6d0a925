#include "main/settings/topics.hpp"

namespace mim::main {

void add_apm_settings(SettingTable& table, ServeSettings& settings) {
    ApmSettings& apm = settings.apm;
    const std::map<std::string, TraceContinuation> continuations{{"follow", TraceContinuation::follow},
                                                                 {"restart", TraceContinuation::restart}};
    table.add("--apm-server-url", apm.server_url,
              "Elastic APM server to send traces to, http://HOST:8200; without it nothing is traced");
    table.add_secret("--apm-secret-token", apm.secret_token,
                     "Its secret token; better set as a variable than as a flag, which others can see",
                     "TOKEN");
    table.add_secret("--apm-api-key", apm.api_key,
                     "Or an API key for it, base64 of ID:KEY; better set as a variable", "KEY");
    table.add("--apm-ca-file", apm.ca_file,
              "Authorities to trust for its certificate (PEM), instead of the machine's");
    table.add("--apm-service-name", apm.service_name, "Name of this service there");
    table.add("--apm-environment", apm.environment, "Environment of this service there, such as production");
    table.add("--apm-sample-rate", apm.sample_rate, "Part of the traces to keep whole, 0 to 1")
        ->check(CLI::Range(0.0, 1.0));
    table.add_choice("--apm-continuation", apm.continuation, continuations,
                     "Of a caller's trace: follow it and its sampling, or restart with a trace of our own");
    table.add_count("--apm-queue-events", apm.queue_events,
                    "Events that may wait to be sent; more are dropped and counted", 1'000U, 1'000'000U);
    table.add_duration("--apm-timeout-seconds", apm.timeout, "Longest wait for the APM server's answer");
}

}  // namespace mim::main
