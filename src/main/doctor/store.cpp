#include "app/target_findings.hpp"
#include "base/clock.hpp"
#include "main/commands.hpp"
#include "main/doctor/examinations.hpp"
#include "main/store_presence.hpp"
#include "store/mongodb/inspection.hpp"
#include "store/sqlite/inspection.hpp"

namespace mim::main {
namespace {

const std::string subject_store = "store";
constexpr std::uintmax_t little_space = 256ULL << 20U;

enum class Versions { same, different };

Versions compare_versions(Report& report, std::int64_t version, std::int64_t known) {
    if (version == known) return Versions::same;
    if (version < known) {
        report.warning(subject_store,
                       "its schema is version " + std::to_string(version) + ", this binary's " +
                           std::to_string(known) + ": the next start brings it up to date",
                       "make a backup, then start this version");
    } else {
        report.failure(subject_store,
                       "its schema is version " + std::to_string(version) + ", newer than this binary's " +
                           std::to_string(known),
                       "use the newer mim that wrote it");
    }
    return Versions::different;
}

// A binary that stops being able to write finds out here first.
void examine_folder(Report& report, const std::filesystem::path& folder) {
    std::error_code failure;
    const auto space = std::filesystem::space(folder, failure);
    if (failure || space.available >= little_space) return;
    report.warning(subject_store,
                   "only " + std::to_string(space.available >> 20U) + " MiB are free in " + folder.string(),
                   "make room on the disk");
}

Result<store::FileContents> look_into(const std::filesystem::path& file) {
    MIM_TRY(connection, store::open_to_inspect(file));
    return store::contents_of(connection);
}

bool examine_file(Report& report, const ServeSettings& settings) {
    const auto file = embedded_store(settings);
    const StorePresence presence = presence_of_store(settings);
    if (presence == StorePresence::lost) {
        report.failure(subject_store, lost_store(settings).message,
                       "see that --data names the right folder, then take one of the two ways");
        return false;
    }
    if (presence == StorePresence::never_made) {
        report.warning(subject_store, "there is no " + file.string() + " yet; the first start makes it",
                       "if there should be one, see that --data names the right folder");
        return false;
    }
    const auto contents = look_into(file);
    if (!contents) {
        report.failure(subject_store, file.string() + ": " + explain(contents.error()),
                       "see that this user may read it; when it is damaged: mim store restore --from BACKUP");
        return false;
    }
    if (const auto writable = store::check_writable(file); !writable) {
        report.failure(subject_store, explain(writable.error()),
                       "let the user that mim runs as own the folder, and see what keeps the file locked");
        return false;
    }
    examine_folder(report, settings.data);
    report.ok(subject_store, file.string() + " can be read and written: schema version " +
                                 std::to_string(contents->version) + ", " +
                                 std::to_string(contents->databases) + " databases, " +
                                 std::to_string(contents->definitions) + " definitions, " +
                                 std::to_string(contents->active_syncs) + " active syncs");
    return compare_versions(report, contents->version, store::known_sqlite_version()) == Versions::same;
}

bool examine_deployment(Report& report, const ServeSettings& settings) {
    store::MongoDeployment deployment;
    deployment.uri = settings.store;
    const auto state = store::inspect_mongodb(deployment, system_clock());
    if (!state) {
        report.failure(subject_store, explain(state.error()),
                       "see that --store names the right hosts and that user and password are right");
        return false;
    }
    if (!state->writable) {
        report.failure(subject_store, explain(state->writable.error()),
                       "give its user the role readWrite on the database that --store names");
        return false;
    }
    if (!state->transactions) {
        report.failure(subject_store, explain(state->transactions.error()),
                       "use MongoDB 4.4 or newer as a replica set; one member is enough");
        return false;
    }
    report.ok(subject_store, "MongoDB " + state->server_version +
                                 " can be read and written: schema version " +
                                 std::to_string(state->version));
    if (state->clock_ahead)
        report.add(app::clock_finding("clock of the store", *state->clock_ahead, state->clock_doubt));
    return compare_versions(report, state->version, store::known_mongodb_version()) == Versions::same;
}

}  // namespace

std::optional<OpenStore> examine_store(Report& report, const ServeSettings& settings,
                                       const std::optional<SecretKeys>& keys) {
    const bool fine =
        settings.store.empty() ? examine_file(report, settings) : examine_deployment(report, settings);
    if (!fine) return std::nullopt;
    // Without any key of this installation nothing can be opened, and each database says so.
    const auto box = keys ? keys->box : drivers::crypto::SecretBox({drivers::crypto::SealKey::generate()});
    auto store = open_store(settings, box);
    if (!store) {
        report.failure(subject_store, explain(store.error()), "see the lines above");
        return std::nullopt;
    }
    return std::move(*store);
}

}  // namespace mim::main
