#include "target/guarded_target.hpp"

namespace mim::target {
namespace {

class GuardedTarget final : public app::Target {
  public:
    GuardedTarget(std::shared_ptr<app::Target> target, std::unique_ptr<Guard> guard)
        : target_(std::move(target)), guard_(std::move(guard)) {}

    Result<app::ServerInfo> probe(Deadline deadline) override {
        return guard_->pass(Call::probe, [&] { return target_->probe(deadline); });
    }

    Result<std::vector<index::LiveCollection>> read(const app::ReadRequest& request,
                                                    Deadline deadline) override {
        return guard_->pass(Call::read, [&] { return target_->read(request, deadline); });
    }

    Done create_indexes(const std::string& collection, const std::vector<index::Spec>& specs,
                        Deadline deadline, app::BuildObserver& observer) override {
        MIM_CHECK(guard_->admit(Call::create_indexes));
        if (guard_->is_trial()) MIM_CHECK(prove(collection, deadline));
        return guard_->pass(Call::create_indexes,
                            [&] { return target_->create_indexes(collection, specs, deadline, observer); });
    }

    Done end_builds(const std::string& collection, const std::vector<index::Spec>& specs,
                    Deadline deadline) override {
        return guard_->pass(Call::end_builds,
                            [&] { return target_->end_builds(collection, specs, deadline); });
    }

    Done drop_index(const std::string& collection, const std::string& name, Deadline deadline) override {
        return guard_->pass(Call::drop_index,
                            [&] { return target_->drop_index(collection, name, deadline); });
    }

    Done modify_index(const std::string& collection, bson::DocumentView change, Deadline deadline) override {
        return guard_->pass(Call::modify_index,
                            [&] { return target_->modify_index(collection, change, deadline); });
    }

    Result<index::DuplicateReport> find_duplicates(const std::string& collection, const index::Spec& spec,
                                                   Deadline deadline) override {
        return guard_->pass(Call::find_duplicates,
                            [&] { return target_->find_duplicates(collection, spec, deadline); });
    }

  private:
    // A build may last for hours: while it tries for all, a short question tells sooner how the target is.
    Done prove(const std::string& collection, Deadline deadline) {
        constexpr std::chrono::milliseconds longest_question{30'000};
        const app::ReadRequest question{.collections = std::vector{collection}};
        MIM_CHECK(read(question, deadline.at_most(longest_question)));
        return {};
    }

    const std::shared_ptr<app::Target> target_;
    const std::unique_ptr<Guard> guard_;
};

class GuardedCollections final : public app::TargetCollections {
  public:
    GuardedCollections(std::shared_ptr<app::TargetCollections> collections, std::unique_ptr<Guard> guard)
        : collections_(std::move(collections)), guard_(std::move(guard)) {}

    Done create_collection(const std::string& name, Deadline deadline) override {
        return guard_->pass(Call::create_collection,
                            [&] { return collections_->create_collection(name, deadline); });
    }
    Done rename_collection(const std::string& from, const std::string& to, Deadline deadline) override {
        return guard_->pass(Call::rename_collection,
                            [&] { return collections_->rename_collection(from, to, deadline); });
    }
    Done drop_collection(const std::string& name, Deadline deadline) override {
        return guard_->pass(Call::drop_collection,
                            [&] { return collections_->drop_collection(name, deadline); });
    }
    Result<std::int64_t> count_documents(const std::string& name, Deadline deadline) override {
        return guard_->pass(Call::count_documents,
                            [&] { return collections_->count_documents(name, deadline); });
    }

  private:
    const std::shared_ptr<app::TargetCollections> collections_;
    const std::unique_ptr<Guard> guard_;
};

}  // namespace

std::shared_ptr<app::Target> create_guarded_target(std::shared_ptr<app::Target> target,
                                                   std::unique_ptr<Guard> guard) {
    return std::make_shared<GuardedTarget>(std::move(target), std::move(guard));
}

std::shared_ptr<app::TargetCollections> create_guarded_collections(
    std::shared_ptr<app::TargetCollections> collections, std::unique_ptr<Guard> guard) {
    return std::make_shared<GuardedCollections>(std::move(collections), std::move(guard));
}

}  // namespace mim::target
