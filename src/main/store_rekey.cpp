#include <iostream>

#include "drivers/sqlite/backup.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/secret_keys.hpp"
#include "main/store_opening.hpp"
#include "main/store_presence.hpp"
#include "store/sqlite/inspection.hpp"
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

std::string count_of(std::int64_t strings) {
    return std::to_string(strings) + (strings == 1 ? " connection string" : " connection strings");
}

// A new key would open nothing of what is sealed already.
Done judge_key_file(const ServeSettings& settings, const store::SealCount& seals) {
    const auto file = secret_key_file(settings);
    const bool named = !settings.secrets.keys.empty() || !settings.secrets.key_file.empty();
    if (seals.by_key.empty() || named || std::filesystem::exists(file)) return {};
    const auto& [key, strings] = *seals.by_key.begin();
    return Error(ErrorCode::store_failed, file.string() + " is missing, and " + count_of(strings) + " in " +
                                              embedded_store(settings).string() +
                                              " can be opened by the key " + key +
                                              " only: put it back, as a line of that file");
}

// Before a key is made or a string is sealed. Errors name the file.
Done judge_embedded_store(const ServeSettings& settings) {
    if (!settings.store.empty()) return {};
    const auto file = embedded_store(settings);
    const std::string text = file.string();
    if (std::filesystem::is_directory(file))
        return Error(ErrorCode::store_failed, text + " is a folder: a store is a file");
    switch (presence_of_store(settings)) {
        case StorePresence::lost:
            return lost_store(settings);
        case StorePresence::never_made:
            return Error(ErrorCode::store_failed, "there is no store in " + settings.data.string() +
                                                      ": --data or --store names another");
        case StorePresence::there:
            break;
    }
    auto opened = store::open_to_inspect(file);
    if (!opened) return opened.error();
    const Done whole = sqlite::check_whole(*opened);
    if (!whole) return Error(ErrorCode::store_failed, text + ": " + whole.error().message);
    const auto contents = store::contents_of(*opened);
    if (!contents) return Error(ErrorCode::store_failed, text + ": " + contents.error().message);
    return judge_key_file(settings, contents->seals);
}

Done judge_keys_of_store(store::StoredUris& uris, const SecretKeys& keys) {
    MIM_TRY(seals, store::count_seals(uris));
    if (seals.by_key.empty() || knows_any(keys.box, seals)) return {};
    const auto& [key, strings] = *seals.by_key.begin();
    return Error(ErrorCode::store_failed, "the keys are of another store: " + count_of(strings) +
                                              " here can be opened by the key " + key +
                                              " only, which is none of them");
}

}  // namespace

int rekey_store(const StoreRekeySettings& settings) {
    const auto& common = settings.common;
    const auto log = begin_process(common);
    if (const Done judged = judge_embedded_store(common); !judged) return fail(judged.error());
    const auto keys = secret_keys(common, AbsentKey::make);
    if (!keys) return fail(keys.error());
    const auto store = open_store(common, keys->box);
    if (!store) return fail(store.error());
    if (const Done judged = judge_keys_of_store(*store->uris, *keys); !judged) return fail(judged.error());
    const auto report = store::seal_uris(*store->uris, keys->box, store::Scope::all, [](std::int64_t seen) {
        if (seen % uris_of_a_line == 0) std::cout << seen << " looked at" << std::endl;
    });
    if (!report) return fail(report.error());
    show(*report, keys->box.current_id());
    return report->unreadable.empty() ? 0 : 1;
}

}  // namespace mim::main
