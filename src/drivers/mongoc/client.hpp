// A leased connection and the commands that run on it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/byte_budget.hpp"
#include "base/deadline.hpp"
#include "base/result.hpp"
#include "bson/document.hpp"
#include "drivers/mongoc/client_pool.hpp"
#include "drivers/mongoc/command.hpp"

namespace mim::drivers::mongoc {

// Move-only; given back to its pool when destroyed. Belongs to one thread at a time. Errors of every call:
// target_unreachable, target_authentication, target_not_authorised, target_timeout, target_refused (with the
// server's reply), target_not_allowed, target_too_large; a write also target_outcome_unknown. A read whose
// connection broke is asked a second time; a write never is.
class Client {
  public:
    // The whole reply of an `ok: 1` answer; a `writeConcernError` in it is the caller's to judge.
    [[nodiscard]] Result<bson::Document> run(const Command& command, Deadline deadline);
    // A write acknowledged by a majority within the deadline; `command.limit` does not count. Sent once:
    // libmongoc repeats no write that it is given as a command. `writeErrors` are in the reply.
    [[nodiscard]] Result<bson::Document> write(const Command& command, Deadline deadline);
    // Every document of the command's cursor, in order, from one server. They count as held by the present
    // call (base/call_memory.hpp) until the next are asked for or the client goes; not_ready when all calls
    // together hold too much.
    [[nodiscard]] Result<std::vector<bson::Document>> drain(const Command& command, Deadline deadline);
    [[nodiscard]] Result<std::vector<bson::Document>> drain_from(const Member& member, const Command& command,
                                                                 Deadline deadline);
    // Sees to it that the next command to the primary goes out at once, and need not connect or greet first:
    // asks something small unless the primary has answered this client a moment ago.
    Done make_ready(Deadline deadline);
    // target_not_allowed when that database of this deployment is the service's own: for who asks the
    // deployment and means the database. Known once a server has greeted.
    [[nodiscard]] Done permit(std::string_view database) const;
    // The members known at this moment; connects first when nothing is known yet.
    [[nodiscard]] Result<std::vector<Member>> members(Deadline deadline);

    Client(Client&&) noexcept = default;
    Client& operator=(Client&&) = delete;
    ~Client();

  private:
    friend class Pool;
    friend class Transaction;
    Client(PoolHandle pool, CallerHandle caller) : pool_(std::move(pool)), caller_(std::move(caller)) {}

    Outcome<bson::Document> run_once(const Command& command, std::optional<Member> member, Deadline deadline);
    Outcome<std::vector<bson::Document>> drain_once(const Command& command, std::optional<Member> member,
                                                    Deadline deadline);
    // The one that takes writes, by libmongoc's own number.
    Outcome<std::uint32_t> primary(std::string_view what, Deadline deadline);
    Outcome<std::uint32_t> number_of(const Member& member, std::string_view what, Deadline deadline);
    // Before each call of libmongoc; makes the client anew where the old one is worn out.
    std::optional<Failure> begin(std::string_view what, Deadline deadline);
    // Once a server is chosen, and so known by its greeting: whether this is the service's own database.
    [[nodiscard]] std::optional<Error> forbidden(std::string_view what, std::string_view database) const;
    [[nodiscard]] Failure failed(const bson_error_t& error, const bson_t* reply, const Attempt& attempt);
    [[nodiscard]] std::chrono::milliseconds patience(Deadline deadline) const;
    [[nodiscard]] mongoc_client_t* raw() const { return caller_->client.get(); }

    PoolHandle pool_;
    CallerHandle caller_;
    Charge drained_;
};

}  // namespace mim::drivers::mongoc
