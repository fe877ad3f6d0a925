#include "store/mongodb/trash_claim.hpp"

#include "base/clock.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using std::chrono::steady_clock;

// What may be claimed for this purpose, whoever has it.
bson::Document claimable(const app::TrashId& id, TrashClaim::Purpose purpose) {
    if (purpose == TrashClaim::Purpose::purge) return fields("_id", id);
    return fields("_id", id, "purging", fields("$exists", false));
}

}  // namespace

Result<std::optional<TrashClaim>> TrashClaim::take(std::shared_ptr<Link> link, const app::TrashId& entry,
                                                   Purpose purpose, const LockTimes& times) {
    const auto given_up = steady_clock::now() + times.patience;
    for (GrowingPause pause;; pause.wait()) {
        TrashClaim claim(link, entry, times);  // given back also when the answer to the write is lost
        MIM_TRY(found, link->find_and_modify(names::trash, claim.to_be_had(purpose), claim.taking(purpose),
                                             Answer::before));
        if (found) {
            claim.entry_ = std::move(*found);
            return std::optional<TrashClaim>(std::move(claim));
        }
        claim.link_.reset();  // not ours
        MIM_TRY(there, link->find_one(names::trash, claimable(entry, purpose), fields("_id", 1)));
        if (!there) return std::optional<TrashClaim>();
        if (steady_clock::now() > given_up)
            return Error(ErrorCode::not_ready, "others are at work on this entry of the trash for too long");
    }
}

TrashClaim::~TrashClaim() {
    if (!link_) return;
    (void)link_->update(names::trash, held(), fields("$unset", fields("claim", true)));
}

// Free, or left behind by somebody who is gone; also by one whose clock was ahead.
bson::Document TrashClaim::to_be_had(Purpose purpose) const {
    const Timestamp now = system_clock().now();
    bson::Builder filter;
    filter.add_all(claimable(id_, purpose).view());
    put(filter, "$or",
        documents(fields("claim", fields("$exists", false)), fields("claim.until", fields("$lt", now)),
                  fields("claim.until", fields("$gt", now + 2 * times_.lifetime))));
    return filter.take();
}

bson::Document TrashClaim::taking(Purpose purpose) const {
    std::optional<bool> purging;
    if (purpose == Purpose::purge) purging = true;
    return setting("claim.holder", holder_, "claim.until", end(), "purging", purging);
}

bson::Document TrashClaim::held() const {
    return fields("_id", id_, "claim.holder", holder_);
}

Timestamp TrashClaim::end() const {
    return system_clock().now() + times_.lifetime;
}

Done TrashClaim::keep() {
    if (steady_clock::now() - renewed_ < times_.lifetime / 3) return {};
    MIM_TRY(kept, link_->update(names::trash, held(), setting("claim.until", end())));
    if (kept == 0)
        return Error(ErrorCode::store_failed, "this took too long, and others may be at work on it");
    renewed_ = steady_clock::now();
    return {};
}

Done TrashClaim::remove() {
    MIM_CHECK(keep());
    MIM_CHECK(link_->remove(names::trash_definitions, fields("trash", id_), Several::all));
    MIM_CHECK(link_->remove(names::trash_collections, fields("trash", id_), Several::all));
    MIM_CHECK(link_->remove(names::trash, held(), Several::one));
    link_.reset();
    return {};
}

}  // namespace mim::store::mongodb
