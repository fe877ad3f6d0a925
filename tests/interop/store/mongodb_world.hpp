// One empty database of the server that MIM_TEST_STORE_URI names, with all stores on it: the harness of the
// contract suites. Removed at the end.
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "store/mongodb/fields.hpp"
#include "store/mongodb/link.hpp"
#include "store/mongodb/mongodb_store.hpp"

namespace mim::store {

[[nodiscard]] inline std::string store_uri_of_tests() {
    const char* const uri = std::getenv("MIM_TEST_STORE_URI");
    return uri == nullptr ? std::string() : std::string(uri);
}

// `uri` with `database` behind its hosts, whatever stood there.
[[nodiscard]] inline Secret with_database(const std::string& uri, const std::string& database) {
    const auto hosts = uri.find("://") + 3;
    const auto options = uri.find('?');
    const auto end = std::min(uri.find('/', hosts), std::min(options, uri.size()));
    return Secret(uri.substr(0, end) + "/" + database +
                  (options == std::string::npos ? "" : uri.substr(options)));
}

[[nodiscard]] inline std::shared_ptr<mongodb::Link> open_or_throw(const std::string& database) {
    MongoDeployment deployment;
    deployment.uri = with_database(store_uri_of_tests(), database);
    deployment.patience = std::chrono::milliseconds{60'000};  // a busy test machine is no failure
    auto opened = open_mongodb(deployment, system_clock());
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
}

class MongoWorld {
  public:
    MongoWorld() = default;
    ~MongoWorld() { (void)link_->run(mongodb::fields("dropDatabase", 1), drivers::mongoc::Nature::write); }
    MongoWorld(const MongoWorld&) = delete;
    MongoWorld& operator=(const MongoWorld&) = delete;

    app::UserStore& users() { return *stores_.users; }
    app::TokenFamilyStore& families() { return *stores_.token_families; }
    app::InviteStore& invites() { return *stores_.invites; }
    app::ApiKeyStore& api_keys() { return *stores_.api_keys; }
    app::AuditStore& audit() { return *stores_.audit; }
    app::TrashStore& trash() { return *stores_.trash; }
    app::DatabaseStore& databases() { return *stores_.databases; }
    app::DefinitionStore& definitions() { return *stores_.definitions; }
    app::CollectionStore& collections() { return *stores_.collections; }
    app::SyncStore& syncs() { return *stores_.syncs; }
    app::SyncProgressStore& progress() { return *stores_.progress; }
    app::JobFeed& feed() { return *stores_.feed; }
    mongodb::Link& link() { return *link_; }
    [[nodiscard]] const std::shared_ptr<mongodb::Link>& shared_link() const { return link_; }
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    std::string name_ = "mim_test_" + generate_id_digits();
    std::shared_ptr<mongodb::Link> link_ = open_or_throw(name_);
    Stores stores_ = create_mongodb_stores(link_);
};

}  // namespace mim::store
