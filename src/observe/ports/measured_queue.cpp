#include "observe/ports/measured.hpp"

namespace mim::observe {
namespace {

using trace::System;

class MeasuredFeed final : public app::JobFeed {
  public:
    MeasuredFeed(std::unique_ptr<app::JobFeed> port, Calls calls) : port_(std::move(port)), calls_(calls) {}

    Result<std::vector<SyncId>> waiting(std::size_t limit) override {
        return calls_.measure({System::store, "feed.waiting"}, [&] { return port_->waiting(limit); });
    }

  private:
    std::unique_ptr<app::JobFeed> port_;
    Calls calls_;
};

class MeasuredQueue final : public app::JobQueue {
  public:
    MeasuredQueue(std::unique_ptr<app::JobQueue> port, Calls calls) : port_(std::move(port)), calls_(calls) {}

    Done offer(const std::vector<SyncId>& syncs) override {
        return calls_.measure({System::queue, "jobs.offer"}, [&] { return port_->offer(syncs); });
    }
    Result<std::optional<app::Lease>> lease(const std::string& worker,
                                            std::chrono::milliseconds lease_time) override {
        return calls_.measure({System::queue, "jobs.lease"},
                              [&] { return port_->lease(worker, lease_time); });
    }
    Done extend(const app::Lease& lease, std::chrono::milliseconds lease_time) override {
        return calls_.measure({System::queue, "jobs.extend"},
                              [&] { return port_->extend(lease, lease_time); });
    }
    Done complete(const app::Lease& lease) override {
        return calls_.measure({System::queue, "jobs.complete"}, [&] { return port_->complete(lease); });
    }
    Done hand_back(const app::Lease& lease, std::chrono::milliseconds delay) override {
        return calls_.measure({System::queue, "jobs.hand_back"},
                              [&] { return port_->hand_back(lease, delay); });
    }
    Done postpone(const app::Lease& lease, std::chrono::milliseconds delay) override {
        return calls_.measure({System::queue, "jobs.postpone"},
                              [&] { return port_->postpone(lease, delay); });
    }
    Result<app::QueueFigures> figures() override {
        return calls_.measure({System::queue, "jobs.figures"}, [&] { return port_->figures(); });
    }
    void wait(std::chrono::milliseconds at_most) override { port_->wait(at_most); }
    void interrupt() override { port_->interrupt(); }

  private:
    std::unique_ptr<app::JobQueue> port_;
    Calls calls_;
};

class MeasuredDeadLetters final : public app::DeadLetters {
  public:
    MeasuredDeadLetters(std::unique_ptr<app::DeadLetters> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Done bury(const app::Lease& lease, const std::string& reason) override {
        return calls_.measure({System::queue, "dead_letters.bury"},
                              [&] { return port_->bury(lease, reason); });
    }
    Result<app::Page<app::DeadLetter>> list(const app::PageRequest& page) override {
        return calls_.measure({System::queue, "dead_letters.list"}, [&] { return port_->list(page); });
    }
    Result<app::DeadLetter> get(const SyncId& sync) override {
        return calls_.measure({System::queue, "dead_letters.get"}, [&] { return port_->get(sync); });
    }
    Done remove(const SyncId& sync) override {
        return calls_.measure({System::queue, "dead_letters.remove"}, [&] { return port_->remove(sync); });
    }
    Done clear() override {
        return calls_.measure({System::queue, "dead_letters.clear"}, [&] { return port_->clear(); });
    }

  private:
    std::unique_ptr<app::DeadLetters> port_;
    Calls calls_;
};

}  // namespace

std::unique_ptr<app::JobFeed> measured(std::unique_ptr<app::JobFeed> port, Calls calls) {
    return port ? std::make_unique<MeasuredFeed>(std::move(port), calls) : nullptr;
}
std::unique_ptr<app::JobQueue> measured(std::unique_ptr<app::JobQueue> port, Calls calls) {
    return port ? std::make_unique<MeasuredQueue>(std::move(port), calls) : nullptr;
}
std::unique_ptr<app::DeadLetters> measured(std::unique_ptr<app::DeadLetters> port, Calls calls) {
    return port ? std::make_unique<MeasuredDeadLetters>(std::move(port), calls) : nullptr;
}

}  // namespace mim::observe
