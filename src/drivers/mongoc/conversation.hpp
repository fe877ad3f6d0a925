// What a client and the streams it makes tell each other beside libmongoc: until when they may wait, where
// they may connect, and why something was refused. Belongs to the thread that holds the client.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/byte_budget.hpp"
#include "base/deadline.hpp"
#include "drivers/mongoc/own_database.hpp"
#include "drivers/mongoc/target_policy.hpp"
#include "drivers/mongoc/tls_options.hpp"
#include "drivers/mongoc/wire_judge.hpp"

namespace mim::drivers::mongoc {

// What holds for all calls of a client.
struct Terms {
    std::shared_ptr<const TargetPolicy> policy;  // none: anywhere
    std::optional<TlsOptions> tls;               // none: plain
    std::chrono::milliseconds connect_timeout{5'000};
    FrameLimits limits;
    std::shared_ptr<ByteBudget> bytes;               // of all calls; none: unbounded
    std::shared_ptr<KnownServers> learns = nullptr;  // told of every server that greets; or none
};

class Conversation {
  public:
    explicit Conversation(Terms terms)
        : terms_(std::move(terms)), frames_(terms_.bytes, ByteBudget::unbounded) {}

    // A call begins: nothing waits beyond `until`, and what the last call was told is forgotten.
    void begin(Deadline until) {
        look_again(until);
        troubles_.clear();
    }

    // The same call looks for a server once more. What ailed a host stays known: libmongoc may not ask it
    // again so soon.
    void look_again(Deadline until) {
        release_frames();
        until_ = until;
        objection_.reset();
        breach_.reset();
        unanswered_sign_in_.reset();
        greeted_.reset();
        writable_greeted_.reset();
    }

    void wait_until(Deadline until) { until_ = until; }

    [[nodiscard]] const Terms& terms() const { return terms_; }
    [[nodiscard]] Deadline until() const { return until_; }

    // False of one host too many: a deployment names others, who name others.
    [[nodiscard]] bool admit(const std::string& host) {
        if (members_.contains(host)) return true;
        if (members_.size() >= most_hosts) return false;
        members_.insert(host);
        return true;
    }

    // The messages under way, with libmongoc's copies of them: from the first byte until the answer has been
    // taken over or the next call begins.
    [[nodiscard]] bool hold_frame(std::size_t bytes) { return frames_.add(bytes).has_value(); }
    void release_frames() { frames_.release(); }

    // What streams tell.
    void object(std::string why) { objection_ = std::move(why); }
    void note_breach(std::string what, Question asked) {
        breach_ = Breach{std::move(what), asked, Breach::Of::protocol};
    }
    // All calls together hold as much as they may: nothing is wrong with the server.
    void note_no_room(std::string what, Question asked) {
        breach_ = Breach{std::move(what), asked, Breach::Of::budget};
    }
    struct Trouble {  // why one host could not be talked to
        enum class Kind { unreachable, silent };
        Kind kind;
        std::string host;
        std::string what;
    };
    void note_trouble(Trouble trouble) {
        std::erase_if(troubles_, [&](const Trouble& other) { return other.host == trouble.host; });
        troubles_.push_back(std::move(trouble));
    }
    // Nobody was refused: a step of the sign-in was sent, and no answer came.
    void note_unanswered_sign_in(Trouble trouble) { unanswered_sign_in_ = std::move(trouble); }
    enum class Role { writable, other };
    void note_greeting(Role role, const std::string& identity) {
        note_identity(identity);
        const auto now = std::chrono::steady_clock::now();
        if (!greeted_) greeted_ = now;
        if (role == Role::writable && !writable_greeted_) writable_greeted_ = now;
    }

    // A server that is neither a member of a set nor a router: good by itself, of no use among others, and
    // nobody will elect it.
    void note_standalone(const std::string& host, const std::string& identity) {
        note_identity(identity);
        note_trouble(
            {Trouble::Kind::unreachable, host,
             "is a standalone server: it must be the only host of its connection string, and without "
             "`replicaSet`"});
    }

    // What the call hears of it.
    [[nodiscard]] const std::optional<std::string>& objection() const { return objection_; }
    struct Breach {
        std::string what;
        Question asked;
        enum class Of { protocol, budget } of;
    };
    [[nodiscard]] const std::optional<Breach>& breach() const { return breach_; }
    [[nodiscard]] const std::vector<Trouble>& troubles() const { return troubles_; }
    [[nodiscard]] const std::optional<Trouble>& unanswered_sign_in() const { return unanswered_sign_in_; }
    [[nodiscard]] bool was_greeted() const { return greeted_.has_value(); }
    // Of every server that ever greeted this client.
    [[nodiscard]] const std::set<std::string>& identities() const { return identities_; }
    // When the others need not be waited for any longer; none while nobody greeted who takes writes.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> enough_at() const {
        if (!writable_greeted_) return std::nullopt;
        return *writable_greeted_ + grace_for_the_others;
    }

  private:
    void note_identity(const std::string& identity) {
        if (identity.empty()) return;
        if (identities_.size() < most_identities) identities_.insert(identity);
        if (terms_.learns) terms_.learns->note(identity);
    }

    // The members of a deployment, and whom its connection string names beside them.
    static constexpr std::size_t most_hosts = 2 * most_members;
    static constexpr std::size_t most_identities = 4 * most_members;  // members begin again at times
    static constexpr std::chrono::milliseconds grace_for_the_others{500};

    const Terms terms_;
    Holding frames_;
    Deadline until_ = Deadline::after(std::chrono::milliseconds(0));
    std::set<std::string> members_;
    std::set<std::string> identities_;
    std::optional<std::string> objection_;  // of the target policy
    std::optional<Breach> breach_;          // why an answer was not taken in
    std::vector<Trouble> troubles_;
    std::optional<Trouble> unanswered_sign_in_;
    std::optional<std::chrono::steady_clock::time_point> greeted_;
    std::optional<std::chrono::steady_clock::time_point> writable_greeted_;
};

}  // namespace mim::drivers::mongoc
