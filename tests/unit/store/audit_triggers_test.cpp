// The data file itself keeps the audit log, whoever holds a connection.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

TEST(AuditTriggers, NeitherChangeNorRemovalNorReplacement) {
    SqliteWorld world;
    const auto entry = contract::an_audit_entry("index.create", 1);
    ASSERT_EQ(contract::outcome(world.audit().append(entry)), "ok");
    for (const std::string& attempt :
         {std::string("DELETE FROM audit_log"), std::string("UPDATE audit_log SET action = 'x'"),
          std::string("UPDATE audit_log SET at = 0 WHERE id = '" + entry.id.text() + "'"),
          "INSERT OR REPLACE INTO audit_log (id, at, action, outcome, entry) VALUES ('" + entry.id.text() +
              "', 0, 'x', 'done', x'')"}) {
        auto writer = world.connections()->write();
        ASSERT_TRUE(writer);
        const Done done = (*writer)->run_script(attempt.c_str());
        ASSERT_FALSE(done) << attempt;
        EXPECT_NE(done.error().message.find("only added to"), std::string::npos) << done.error().message;
    }
    const auto found = world.audit().list({}, {});
    ASSERT_EQ(found->total, 1);
    EXPECT_EQ(found->items.front().action, "index.create");
    EXPECT_EQ(found->items.front().at, contract::at(1));
}

}  // namespace
}  // namespace mim::store
