#include <cstdlib>
#include <future>
#include <iostream>

#include "http/server.hpp"
#include "main/commands.hpp"
#include "main/keys.hpp"
#include "main/process.hpp"
#include "main/registration_policy.hpp"
#include "main/service.hpp"
#include "main/signals.hpp"

namespace mim::main {
namespace {

http::ServerSettings http_settings(const ServeSettings& settings) {
    http::ServerSettings http;
    http.host = settings.listen.host;
    http.port = settings.listen.port;
    http.base_paths = {settings.base_path, "/api/doctor-manager-api/v1"};
    if (http.base_paths[0] == http.base_paths[1]) http.base_paths.pop_back();
    http.io_threads = settings.io_threads;
    http.work_threads = settings.request_threads;
    http.work_queue = settings.request_queue;
    http.max_connections = settings.max_connections;
    http.max_event_streams = settings.max_event_streams;
    http.max_connections_per_address = settings.limits.max_connections_per_address;
    http.max_event_streams_per_user = settings.limits.max_event_streams_per_user;
    http.rates = settings.limits.rates;
    http.max_body_bytes = settings.max_body_bytes;
    http.max_bodies_bytes = settings.limits.max_bodies_bytes;
    http.max_header_bytes = settings.max_header_bytes;
    http.header_timeout = settings.header_timeout;
    http.body_timeout = settings.body_timeout;
    http.idle_timeout = settings.idle_timeout;
    http.trusted_proxies = settings.web.trusted_proxies;
    http.forwarded_header = settings.web.forwarded_header;
    http.cors_origins = settings.web.cors_origins;
    if (settings.tls.is_on()) {
        http.tls = http::TlsSettings{settings.tls.certificate, settings.tls.key,
                                     settings.tls.handshake_timeout, settings.tls.max_handshakes};
    }
    return http;
}

Hangup meaning_of_hangup(const ServeSettings& settings) {
    return settings.tls.is_on() ? Hangup::reloads : Hangup::ends;
}

void reload(http::Server& server, Logger& log) {
    if (const Done reloaded = server.reload_certificate(); !reloaded)
        log.error("tls.reload_refused", {{"text", explain(reloaded.error())}});
}

// Asks the server and the workers at once, so that both share the grace period.
WorkersLeft stop(http::Server& server, Service& service, std::chrono::milliseconds grace) {
    auto workers =
        std::async(std::launch::async, [&service, grace] { return service.engine().stop_workers(grace); });
    server.stop(grace);
    return workers.get();
}

// Where nobody may register freely, somebody must be told how the first account is made.
Done tell_of_first_account(const Engine& engine, app::RegistrationPolicy policy, Logger& log) {
    if (policy == app::RegistrationPolicy::open) return {};
    MIM_TRY(accounts, engine.stores.users->count());
    if (accounts > 0) return {};
    log.warning("serve.no_account");
    std::cout << "mim has no account yet: make the first with `mim user create-admin`" << std::endl;
    return {};
}

int serve_until_stopped(const ServeSettings& settings, std::unique_ptr<Service> service, Tracing& tracing,
                        Logger& log) {
    const StopSignals signals(meaning_of_hangup(settings));
    auto started = http::Server::start(http_settings(settings), service->api(), log);
    if (!started) return fail(started.error());
    std::unique_ptr<http::Server> server = std::move(*started);
    service->engine().start_workers();
    const Endpoint bound{settings.listen.host, server->port()};
    log.info("serve.started", {{"listen", bound.text()}, {"version", program_version}});
    std::cout << "mim listening on " << (settings.tls.is_on() ? "https://" : "http://") << bound.text()
              << std::endl;

    const int signal = signals.wait([&] { reload(*server, log); });
    log.info("serve.stopping", {{"signal", signal}});
    const Deadline end_of_grace = Deadline::after(settings.grace);
    if (stop(*server, *service, settings.grace) == WorkersLeft::some) {
        // A sync sits in a call to its target. Its job is taken over when the lease ends; nothing here may be
        // torn down.
        log.warning("serve.jobs_left_behind");
        tracing.close(end_of_grace);
        std::_Exit(0);
    }
    server.reset();
    const auto connections = Service::close(std::move(service), closing_grace);
    tracing.close(end_of_grace);
    log.info("serve.stopped");
    if (connections == ConnectionsLeft::some) std::_Exit(0);
    return 0;
}

}  // namespace

int serve(const ServeSettings& settings) {
    // Before any thread starts: threads inherit the blocked signals.
    const StopSignals blocked(meaning_of_hangup(settings));
    const auto log = begin_process(settings);
    raise_open_files_limit(settings.max_connections, *log);
    const auto policy = registration_policy(settings);
    if (!policy) return fail(policy.error());
    if (const auto made = make_data_folder(settings.data); !made) return fail(made.error());
    const auto keys = token_keys(settings);
    if (!keys) return fail(keys.error());
    const auto tracing = Tracing::create(settings, *log);
    if (!tracing) return fail(tracing.error());
    auto engine = Engine::create(settings, *log, **tracing);
    if (!engine) return fail(engine.error());
    if (const auto told = tell_of_first_account(**engine, *policy, *log); !told) return fail(told.error());
    const app::RegistrationRules rules{*policy, settings.access.default_role};
    return serve_until_stopped(settings, std::make_unique<Service>(std::move(*engine), *keys, rules),
                               **tracing, *log);
}

}  // namespace mim::main
