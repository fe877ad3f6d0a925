// One transaction on one leased client: what it reads is of one moment, and what it changes takes effect as a
// whole at its commit, or not at all. Needs a replica set or a mongos; a standalone server refuses the first
// command (20, IllegalOperation).
#pragma once

#include "base/deadline.hpp"
#include "drivers/mongoc/client.hpp"
#include "drivers/mongoc/cursor.hpp"
#include "drivers/mongoc/handles.hpp"

namespace mim::drivers::mongoc {

// Move-only; belongs to one thread. A failure's label tells what became of it; after any failure of a command
// only its end is left.
class Transaction {
  public:
    // Waits for a primary as every call of a client does. The server hears of it by the first command.
    [[nodiscard]] static Outcome<Transaction> begin(Client client, Deadline deadline);
    Transaction(Transaction&&) noexcept = default;
    Transaction& operator=(Transaction&&) = delete;
    // Aborts what was not committed, and waits for the server's answer to that for a short time.
    ~Transaction();

    // A read or a write. Other transactions that write the same document fail, this one or they.
    // `writeErrors` are in the reply; the server has then ended the transaction, too.
    [[nodiscard]] Outcome<bson::Document> run(const Command& command, Deadline deadline);
    [[nodiscard]] Outcome<Documents> drain(const Command& command, Deadline deadline);
    // Acknowledged by a majority. May be called again while its outcome is unknown: the server does it once.
    [[nodiscard]] Outcome<void> commit(Deadline deadline);

  private:
    Transaction(Client client, SessionHandle session)
        : client_(std::move(client)), session_(std::move(session)) {}
    [[nodiscard]] Failure failed(const bson_error_t& error, const Reply& reply, const Attempt& attempt) {
        return client_.failed(error, &reply.raw, attempt);
    }
    // Before each call of libmongoc. Unlike one without a session, the client is never made anew meanwhile.
    void wait_until(Deadline deadline) { client_.caller_->conversation.begin(deadline); }

    Client client_;
    SessionHandle session_;  // after the client, which it must not outlive
};

}  // namespace mim::drivers::mongoc
