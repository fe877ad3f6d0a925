#include "unit/queue/activity.hpp"

#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::queue {
namespace {

// Short: leases end while others work, so that takeovers happen all the time.
constexpr std::chrono::milliseconds lease_time{3};

template <class T>
bool went_well(const Result<T>& result) {
    if (result) return true;
    const auto& error = result.error();
    if (error.code == ErrorCode::store_failed || error.code == ErrorCode::internal)
        throw std::runtime_error(error.message);
    return false;
}

}  // namespace

Activity::Activity(const std::filesystem::path& file, unsigned seed, Tell tell)
    : random_(seed),
      tell_(std::move(tell)),
      file_(store::open_or_throw(file)),
      stores_(store::create_sqlite_stores(file_)),
      queue_(create_sqlite_queue(file_, system_clock())),
      worker_("w" + std::to_string(seed)) {}

void Activity::step() {
    const int choice = pick(20);
    if (choice < 3)
        create_database();
    else if (choice < 7)
        create_definition();
    else if (choice < 8)
        change_definitions();
    else if (choice < 9)
        remove_database();
    else if (choice < 13)
        submit();
    else if (choice < 14)
        cancel();
    else
        run_a_job();
    tell_(Note::step, "");
}

std::optional<app::Database> Activity::some_database() {
    const auto page = stores_.databases->list({.query = "", .page = 1, .limit = 20});
    if (!went_well(page) || page->items.empty()) return std::nullopt;
    return page->items[static_cast<std::size_t>(pick(static_cast<int>(page->items.size())))];
}

void Activity::create_database() {
    auto database = contract::a_database("db" + std::to_string(pick(1'000'000)));
    database.created_at = now();
    went_well(stores_.databases->create(database));
}

void Activity::create_definition() {
    const auto database = some_database();
    if (!database) return;
    const auto definition = contract::a_definition(database->id, "c" + std::to_string(pick(3)),
                                                   "f" + std::to_string(pick(1'000)));
    if (went_well(stores_.definitions->create(definition)))
        tell_(Note::definition_stored, definition.id.text() + database->id.text());
}

// Every definition of a database gets another collection name, and one more is made: all of it or nothing.
void Activity::change_definitions() {
    const auto database = some_database();
    if (!database) return;
    auto all = stores_.definitions->all_of(database->id, std::nullopt);
    if (!went_well(all)) return;
    app::DefinitionChanges changes{.removals = {}, .updates = std::move(*all), .creations = {}};
    for (auto& definition : changes.updates) definition.collection += "x";
    changes.creations.push_back(
        contract::a_definition(database->id, "c0", "g" + std::to_string(pick(1'000))));
    went_well(stores_.definitions->change(changes));
}

void Activity::remove_database() {
    const auto database = some_database();
    if (!database) return;
    tell_(Note::database_goes, database->id.text());
    went_well(stores_.databases->remove(database->id));
}

void Activity::submit() {
    const auto database = some_database();
    if (!database) return;
    auto sync = contract::a_sync(database->id);
    sync.created_at = sync.updated_at = now();
    went_well(stores_.syncs->submit(sync, {}));
}

void Activity::cancel() {
    const auto database = some_database();
    if (!database) return;
    const auto syncs = stores_.syncs->list(database->id, {});
    if (went_well(syncs) && !syncs->items.empty())
        went_well(stores_.syncs->request_cancel(syncs->items[0].id, now()));
}

// Now and then the worker vanishes in the middle, or between the sync's end and the job's.
void Activity::run_a_job() {
    const auto leased = queue_->lease(worker_, lease_time);
    if (!went_well(leased) || !*leased) return;
    const auto& lease = **leased;
    if (!went_well(stores_.progress->claim(lease.sync, lease.fence, now()))) return;
    auto records = stores_.progress->plan(
        lease.sync, lease.fence, {contract::a_record("a"), contract::a_record("b"), contract::a_record("c")},
        now());
    if (!went_well(records)) return;
    for (auto record : *records) {
        if (pick(30) == 0) return;
        record.status = app::RecordStatus::completed;
        if (!went_well(stores_.progress->record(lease.sync, lease.fence, record, now()))) return;
        if (!went_well(queue_->extend(lease, lease_time))) return;
    }
    if (pick(5) == 0) {
        went_well(queue_->hand_back(lease, {}));
        return;
    }
    if (!went_well(stores_.progress->finish(lease.sync, lease.fence, app::SyncStatus::completed, "", now())))
        return;
    if (pick(3) != 0) went_well(queue_->complete(lease));
}

}  // namespace mim::queue
