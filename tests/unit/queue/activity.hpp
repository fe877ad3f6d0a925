// Random use of the stores and the queue on one file, as a server with workers would make of them.
#pragma once

#include <filesystem>
#include <functional>
#include <random>

#include "queue/sqlite/sqlite_queue.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::queue {

// What the activity tells about, when it has happened durably, or just before it starts.
enum class Note : char { step = 's', definition_stored = '+', database_goes = '-' };

class Activity {
  public:
    using Tell = std::function<void(Note, const std::string& id)>;
    Activity(const std::filesystem::path& file, unsigned seed, Tell tell);
    // One more operation. Outcomes that depend on what another process does are fine; store_failed and
    // internal throw.
    void step();

  private:
    void create_database();
    void create_definition();
    void change_definitions();
    void remove_database();
    void submit();
    void cancel();
    void run_a_job();

    [[nodiscard]] int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
    [[nodiscard]] std::optional<app::Database> some_database();
    [[nodiscard]] Timestamp now() const { return system_clock().now(); }

    std::mt19937 random_;
    Tell tell_;
    std::shared_ptr<sqlite::Connections> file_;
    store::SqliteStores stores_;
    std::unique_ptr<app::JobQueue> queue_;
    std::string worker_;
};

}  // namespace mim::queue
