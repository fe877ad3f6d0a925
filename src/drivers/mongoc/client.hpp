// A leased connection and the commands that run on it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "bson/document.hpp"
#include "drivers/mongoc/error.hpp"
#include "drivers/mongoc/shared_pool.hpp"

namespace mim::drivers::mongoc {

// Whether the server is told to give up at the deadline, by `maxTimeMS`.
enum class ServerLimit { deadline, none };

struct Command {
    std::string database;
    bson::Document body;  // its first field is the command's name
    Nature nature = Nature::read;
    ServerLimit limit = ServerLimit::deadline;
};

// One server of the deployment that holds data or routes to it.
struct Member {
    std::uint32_t id = 0;  // libmongoc's own
};

// Move-only; given back to its pool when destroyed. Belongs to one thread at a time. Errors of every call:
// target_unreachable, target_authentication, target_not_authorised, target_timeout, target_refused (with the
// server's reply); a write also target_outcome_unknown. A read whose connection broke is asked a second time;
// a write never is.
class Client {
  public:
    // The whole reply of an `ok: 1` answer; a `writeConcernError` in it is the caller's to judge.
    [[nodiscard]] Result<bson::Document> run(const Command& command, Deadline deadline);
    // A write acknowledged by a majority within the deadline; `command.limit` does not count. On a replica
    // set or through mongos the driver sends it a second time when the connection broke, and the server does
    // it once (retryable writes; of the commands that the server allows them for). `writeErrors` are in the
    // reply.
    [[nodiscard]] Result<bson::Document> write(const Command& command, Deadline deadline);
    // Every document of the command's cursor, in order, from one server.
    [[nodiscard]] Result<std::vector<bson::Document>> drain(const Command& command, Deadline deadline);
    [[nodiscard]] Result<std::vector<bson::Document>> drain_from(const Member& member, const Command& command,
                                                                 Deadline deadline);
    // Sees to it that the next command to the primary goes out at once, and need not connect or greet first:
    // asks something small unless the primary has answered this client a moment ago.
    Done make_ready(Deadline deadline);
    // The members known at this moment; connects first when nothing is known yet.
    [[nodiscard]] Result<std::vector<Member>> members(Deadline deadline);

  private:
    friend class Pool;
    using Documents = std::vector<bson::Document>;
    Client(LeasedClient client, std::chrono::milliseconds socket_timeout)
        : client_(std::move(client)), socket_timeout_(socket_timeout) {}

    // A reply or a failure, before it is decided whether to ask again.
    template <class T>
    using Outcome = boost::system::result<T, Failure>;
    Outcome<bson::Document> run_once(const Command& command, std::optional<Member> member, Deadline deadline);
    Outcome<Documents> drain_once(const Command& command, std::optional<Member> member, Deadline deadline);
    Outcome<Member> primary(std::string_view what, Deadline deadline);
    void note_answer() const { client_.get_deleter().pool->note_answer(client_.get()); }

    LeasedClient client_;
    std::chrono::milliseconds socket_timeout_;
};

}  // namespace mim::drivers::mongoc
