// kill -9 at random moments: nothing is damaged, nothing that was acknowledged is lost, and work goes on.
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "unit/drivers/sqlite/temporary_folder.hpp"
#include "unit/queue/activity.hpp"
#include "unit/queue/child_process.hpp"
#include "unit/queue/invariants.hpp"

namespace mim::queue {
namespace {

constexpr int rounds = 20;

// What the killed processes had told, over all rounds.
struct Told {
    std::map<std::string, std::string> database_of;  // definitions that were stored
    std::set<std::string> databases_gone;            // or about to go

    void learn(const std::string& lines) {
        std::istringstream in(lines);
        for (std::string line; std::getline(in, line);) {
            if (line.empty() || in.eof()) continue;  // the last line may be torn
            if (line[0] == static_cast<char>(Note::definition_stored))
                database_of[line.substr(1, 24)] = line.substr(25, 24);
            if (line[0] == static_cast<char>(Note::database_goes)) databases_gone.insert(line.substr(1, 24));
        }
    }
};

int be_active(const std::filesystem::path& file, unsigned seed, const ChildProcess::Write& write) {
    Activity activity(file, seed,
                      [&](Note note, const std::string& id) { write(static_cast<char>(note) + id + "\n"); });
    for (;;) activity.step();
}

TEST(KilledProcess, LeavesASoundFileAndLosesNothing) {
    const sqlite::TemporaryFolder folder;
    Told told;
    std::mt19937 random(20'260'101);
    for (int round = 0; round < rounds; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        ChildProcess child(
            [&](const auto& write) { return be_active(folder.file(), static_cast<unsigned>(round), write); });
        std::string lines = child.read(std::uniform_int_distribution<std::size_t>(1, 300)(random));
        child.kill_and_wait();
        lines += child.read(1U << 20U);  // what it had told before it died
        told.learn(lines);
        expect_sound(folder.file());
        if (HasFailure()) return;
    }
    const auto stored = stored_definitions(folder.file());
    EXPECT_FALSE(told.database_of.empty());
    for (const auto& [definition, database] : told.database_of) {
        EXPECT_TRUE(told.databases_gone.contains(database) || stored.contains(definition)) << definition;
    }
}

}  // namespace
}  // namespace mim::queue
