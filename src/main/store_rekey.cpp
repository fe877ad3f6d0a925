#include <iostream>

#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/secret_keys.hpp"
#include "main/store_opening.hpp"
#include "store/uri_sealing.hpp"

namespace mim::main {
namespace {

constexpr std::int64_t uris_of_a_line = 1'000;

void show(const store::SealingReport& report, const std::string& key) {
    std::cout << report.sealed << " sealed that were in the clear, " << report.resealed
              << " sealed anew that had an older key, " << report.current
              << " were right already; all by the key " << key << '\n';
    for (const auto& each : report.unreadable)
        std::cout << "database " << each.database.text() << " is left as it is: " << each.error.message
                  << '\n';
    const bool traces = report.sealed > 0 && report.wiped == store::Wiped::later;
    if (traces) std::cout << "the old texts may stay in the store's log until it is next tidied up\n";
    std::cout << std::flush;
}

}  // namespace

int rekey_store(const StoreRekeySettings& settings) {
    const auto& common = settings.common;
    const auto log = begin_process(common);
    if (common.store.empty() && !std::filesystem::is_regular_file(embedded_store(common))) {
        return fail(Error(ErrorCode::store_failed, "there is no store in " + common.data.string() +
                                                       ": --data or --store names another"));
    }
    const auto keys = secret_keys(common, AbsentKey::make);
    if (!keys) return fail(keys.error());
    const auto store = open_store(common, keys->box);
    if (!store) return fail(store.error());
    const auto report = store::seal_uris(*store->uris, keys->box, store::Scope::all, [](std::int64_t seen) {
        if (seen % uris_of_a_line == 0) std::cout << seen << " looked at" << std::endl;
    });
    if (!report) return fail(report.error());
    show(*report, keys->box.current_id());
    return report->unreadable.empty() ? 0 : 1;
}

}  // namespace mim::main
