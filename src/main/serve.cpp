#include <cstdlib>
#include <future>
#include <iostream>

#include "app/places.hpp"
#include "http/server.hpp"
#include "main/commands.hpp"
#include "main/keys.hpp"
#include "main/process.hpp"
#include "main/registration_policy.hpp"
#include "main/service.hpp"
#include "main/setting_checks.hpp"
#include "main/signals.hpp"
#include "main/store_presence.hpp"

namespace mim::main {
namespace {

Hangup meaning_of_hangup(const ServeSettings& settings) {
    return settings.http.tls.is_on() ? Hangup::reloads : Hangup::ends;
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
    auto started = http::Server::start(settings.http, service->api(), log);
    if (!started) return fail(started.error());
    std::unique_ptr<http::Server> server = std::move(*started);
    service->engine().start_workers();
    const Endpoint bound{settings.http.host, server->port()};
    log.info("serve.started", {{"listen", bound.text()}, {"version", program_version}});
    std::cout << "mim listening on " << (settings.http.tls.is_on() ? "https://" : "http://") << bound.text()
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
    raise_open_files_limit(settings.http.max_connections, *log);
    if (const auto judged = judge_settings(settings, Role::serve); !judged) return fail(judged.error());
    const auto policy = registration_policy(settings);
    if (!policy) return fail(policy.error());
    if (const auto made = make_data_folder(settings.data); !made) return fail(made.error());
    if (const auto made = make_store_at_first_start(settings); !made) return fail(made.error());
    const auto keys = token_keys(settings, AbsentKey::make);
    if (!keys) return fail(keys.error());
    const auto tracing = Tracing::create(settings, *log);
    if (!tracing) return fail(tracing.error());
    auto engine = Engine::create(settings, *log, **tracing);
    if (!engine) return fail(engine.error());
    if (const auto noted = app::note_places(*(*engine)->stores.databases); !noted) return fail(noted.error());
    if (const auto told = tell_of_first_account(**engine, *policy, *log); !told) return fail(told.error());
    const app::RegistrationRules rules{*policy, settings.access.default_role};
    return serve_until_stopped(settings, std::make_unique<Service>(std::move(*engine), *keys, rules),
                               **tracing, *log);
}

}  // namespace mim::main
