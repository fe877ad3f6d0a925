#include <cstdlib>
#include <iostream>

#include "app/places.hpp"
#include "main/commands.hpp"
#include "main/engine.hpp"
#include "main/process.hpp"
#include "main/setting_checks.hpp"
#include "main/signals.hpp"
#include "main/store_presence.hpp"

namespace mim::main {

int work(const WorkerSettings& settings) {
    // Before any thread starts: threads inherit the blocked signals.
    const StopSignals signals;
    const auto& common = settings.common;
    const auto log = begin_process(common);
    if (const auto judged = judge_settings(common, Role::worker); !judged) return fail(judged.error());
    if (const auto made = make_data_folder(common.data); !made) return fail(made.error());
    if (const auto made = make_store_at_first_start(common); !made) return fail(made.error());
    const auto tracing = Tracing::create(common, *log);
    if (!tracing) return fail(tracing.error());
    auto engine = Engine::create(common, *log, **tracing);
    if (!engine) return fail(engine.error());
    if (const auto noted = app::note_places(*(*engine)->stores.databases); !noted) return fail(noted.error());
    (*engine)->start_workers();
    log->info("worker.started", {{"workers", common.work.workers}, {"version", program_version}});
    std::cout << "mim worker runs up to " << common.work.workers << " syncs at once" << std::endl;

    log->info("worker.stopping", {{"signal", signals.wait()}});
    const Deadline end_of_grace = Deadline::after(common.grace);
    if ((*engine)->stop_workers(common.grace) == WorkersLeft::some) {
        // A sync sits in a call to its target; its job is taken over when the lease ends.
        log->warning("worker.jobs_left_behind");
        (*tracing)->close(end_of_grace);
        std::_Exit(0);
    }
    const auto connections = Engine::close(std::move(*engine), closing_grace);
    (*tracing)->close(end_of_grace);
    log->info("worker.stopped");
    if (connections == ConnectionsLeft::some) std::_Exit(0);
    return 0;
}

}  // namespace mim::main
