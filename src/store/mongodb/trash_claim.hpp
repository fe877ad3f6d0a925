// The right to restore or to purge one entry of the trash. One has it at a time: it stands in the entry
// itself, is taken by one conditional write before anything else is touched, and runs out when whoever has it
// dies. A purge that began is not taken back: from then on its entry is not restored, and the next purge goes
// on with it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "app/model/trash.hpp"
#include "store/mongodb/database_lock.hpp"

namespace mim::store::mongodb {

class TrashClaim {
  public:
    enum class Purpose { restore, purge };
    // None: there is no such entry, or it is to be restored and its purge has begun. not_ready: others had it
    // for too long.
    [[nodiscard]] static Result<std::optional<TrashClaim>> take(std::shared_ptr<Link> link,
                                                                const app::TrashId& entry, Purpose purpose,
                                                                const LockTimes& times = {});
    TrashClaim(TrashClaim&&) noexcept = default;
    TrashClaim& operator=(TrashClaim&&) noexcept = delete;
    ~TrashClaim();  // gives it back; when that fails it runs out

    // As it was when it was claimed.
    [[nodiscard]] bson::DocumentView entry() const { return entry_; }
    // Before each write under the claim. store_failed: it has run out, and others may have it.
    Done keep();
    // The entry with all that belongs to it.
    Done remove();

  private:
    using ClaimId = Id<struct ClaimTag>;
    TrashClaim(std::shared_ptr<Link> link, const app::TrashId& id, const LockTimes& times)
        : link_(std::move(link)), id_(id), times_(times) {}
    [[nodiscard]] bson::Document to_be_had(Purpose purpose) const;
    [[nodiscard]] bson::Document taking(Purpose purpose) const;
    [[nodiscard]] bson::Document held() const;
    [[nodiscard]] Timestamp end() const;

    std::shared_ptr<Link> link_;  // none: there is nothing to give back
    app::TrashId id_;
    LockTimes times_;
    ClaimId holder_ = ClaimId::generate();
    std::chrono::steady_clock::time_point renewed_ = std::chrono::steady_clock::now();
    bson::Document entry_{};
};

}  // namespace mim::store::mongodb
