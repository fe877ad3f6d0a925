#include "store/mongodb/transactions.hpp"

#include "drivers/mongoc/transaction.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/outcomes.hpp"

namespace mim::store::mongodb {
namespace {

using drivers::mongoc::Command;
using drivers::mongoc::Failure;
using drivers::mongoc::Nature;
using drivers::mongoc::Transaction;
using std::chrono::milliseconds;

// A commit is asked for again when whoever did not answer may have found a successor.
constexpr milliseconds shortest_wait_for_a_commit{100};
constexpr milliseconds longest_wait_for_a_commit{500};

struct Broken {
    Verdict verdict;
    Error error;
};

// Of what was surely not done. A step without an answer is none that may stand: the whole is not committed.
Error told(const TransactionPlace& place, const Failure& failure) {
    if (leaves_open(failure.error)) return {ErrorCode::not_ready, "the connection to the store broke"};
    return place.of_the_store(failure.error);
}

// The commands of one try.
class InTransaction final : public Commands {
  public:
    InTransaction(const TransactionPlace& place, Transaction& transaction)
        : place_(place), transaction_(transaction) {}

    // By the first command that failed: the server goes on with none that follows it.
    [[nodiscard]] const std::optional<Broken>& broken() const { return broken_; }

  private:
    Result<bson::Document> write(const bson::Document& command) override {
        auto reply = transaction_.run(Command{place_.database, command, Nature::write}, place_.deadline);
        if (!reply) return failed(reply.error());
        const auto error = write_error_of(*reply);
        if (error) return broken_by({verdict_on_write(error->code), refused_write(*error)});
        return std::move(*reply);
    }

    Result<std::vector<bson::Document>> drain(const bson::Document& command) override {
        auto found = transaction_.drain(Command{place_.database, command}, place_.deadline);
        if (!found) return failed(found.error());
        return std::move(*found);
    }

    Error failed(const Failure& failure) {
        return broken_by({verdict_on_step(failure), told(place_, failure)});
    }
    Error broken_by(Broken broken) {
        if (!broken_) broken_ = broken;
        return std::move(broken.error);
    }

    const TransactionPlace& place_;
    Transaction& transaction_;
    std::optional<Broken> broken_;
};

class Tries {
  public:
    Tries(const TransactionPlace& place, const TransactionBody& body) : place_(place), body_(body) {}

    Done run() {
        for (GrowingPause pause;; pause.wait()) {
            if (auto ended = attempt()) return std::move(*ended);
            if (place_.deadline.passed()) return Error(ErrorCode::not_ready, hindered_by_.message);
        }
    }

  private:
    // How it ended; none when nothing of it stands, and it may be done again.
    using Ended = std::optional<Done>;

    Ended attempt() {
        auto client = place_.pool.lease(place_.deadline);
        if (!client) return Done(place_.of_the_store(client.error()));
        auto transaction = Transaction::begin(std::move(*client), place_.deadline);
        if (!transaction) {
            const Failure& failure = transaction.error();
            return judged(verdict_on_step(failure), told(place_, failure));
        }
        InTransaction commands(place_, *transaction);
        auto done = body_(commands);
        if (const auto& broken = commands.broken())
            return judged(broken->verdict, done ? broken->error : std::move(done).error());
        if (!done) return done;
        return commit(*transaction);
    }

    // Again on the same session, by which the server knows whether it was done.
    Ended commit(Transaction& transaction) {
        if (place_.deadline.left().count() == 0) return judged(Verdict::undone, too_late());
        for (GrowingPause pause(shortest_wait_for_a_commit, longest_wait_for_a_commit);; pause.wait()) {
            const auto committed = transaction.commit(place_.deadline);
            if (committed) return Done();
            const Failure& failure = committed.error();
            const Verdict verdict = verdict_on_commit(failure);
            if (verdict != Verdict::unknown) return judged(verdict, told(place_, failure));
            if (place_.deadline.passed()) return Done(outcome_unknown());
        }
    }

    Ended judged(Verdict verdict, Error error) {
        if (verdict == Verdict::refused) return Done(std::move(error));
        hindered_by_ = std::move(error);
        return std::nullopt;
    }

    static Error too_late() { return {ErrorCode::not_ready, "the store took too long for this change"}; }

    const TransactionPlace& place_;
    const TransactionBody& body_;
    Error hindered_by_;
};

}  // namespace

Done commit_one(const TransactionPlace& place, const TransactionBody& body) {
    return Tries(place, body).run();
}

}  // namespace mim::store::mongodb
