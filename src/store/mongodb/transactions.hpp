// Runs what must happen as a whole in a transaction of the server, again and again until one is committed:
// others who change the same documents at the same time hinder each other, and an election ends what is open.
#pragma once

#include <functional>
#include <string>

#include "base/deadline.hpp"
#include "drivers/mongoc/pool.hpp"
#include "store/mongodb/commands.hpp"

namespace mim::store::mongodb {

using TransactionBody = std::function<Done(Commands&)>;

struct TransactionPlace {
    const drivers::mongoc::Pool& pool;
    const std::string& database;
    Deadline deadline;  // of all tries, pauses and commits together
    // What the driver says of a target, said of the store.
    std::function<Error(const Error&)> of_the_store;
};

// See Link::in_transaction.
Done commit_one(const TransactionPlace& place, const TransactionBody& body);

}  // namespace mim::store::mongodb
