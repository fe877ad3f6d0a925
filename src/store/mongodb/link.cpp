#include "store/mongodb/link.hpp"

#include <type_traits>

#include "base/server_code.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/outcomes.hpp"

namespace mim::store::mongodb {

namespace {

using drivers::mongoc::Client;
using drivers::mongoc::Command;
using drivers::mongoc::Nature;

// With less left nothing is sent again: a write would be left without an answer, and nobody would know of it.
constexpr std::chrono::milliseconds time_for_an_answer{500};

// What a majority has is not rolled back, whoever is elected; so nobody is told of what never was.
bson::Document of_what_stays(const bson::Document& question) {
    bson::Builder into;
    into.add_all(question.view());
    put(into, "readConcern", fields("level", "majority"));
    return into.take();
}

}  // namespace

Result<std::shared_ptr<Link>> Link::open(const Secret& uri, const drivers::mongoc::PoolSettings& settings,
                                         std::chrono::milliseconds patience) {
    MIM_TRY(parsed, drivers::mongoc::Uri::parse(uri));
    std::string database = parsed.database();
    if (database.empty()) database = default_database;
    auto pool = drivers::mongoc::Pool::open(parsed, settings);
    if (!pool && !pool.error().fields.empty()) return std::move(pool).error();
    if (!pool) return Error(ErrorCode::not_ready, "the store (MongoDB): " + pool.error().message);
    return std::shared_ptr<Link>(new Link(std::move(*pool), std::move(database), patience));
}

Error Link::of_the_store(const Error& error) const {
    if (error.server && error.server->code == server_code::duplicate_key)
        return refused_duplicate(error.server->message);
    if (leaves_open(error)) return outcome_unknown();
    const bool electing = error.code == ErrorCode::target_refused && may_be_sent_again(error, Nature::read);
    const bool away =
        electing || error.code == ErrorCode::target_unreachable || error.code == ErrorCode::target_timeout;
    if (away && hosts_ == Hosts::hidden) return {ErrorCode::not_ready, "the store cannot be reached"};
    return {away ? ErrorCode::not_ready : ErrorCode::store_failed, "the store (MongoDB): " + error.message};
}

template <class Ask>
auto Link::patiently(Nature nature, const Ask& ask) {
    using Reply = std::invoke_result_t<const Ask&, Client&, Deadline>;
    const Deadline deadline = Deadline::after(patience_);
    for (GrowingPause pause;; pause.wait()) {
        auto client = pool_.lease(deadline);
        if (!client) return Reply(of_the_store(client.error()));
        auto reply = ask(*client, deadline);
        if (reply) return reply;
        if (!may_be_sent_again(reply.error(), nature) || deadline.left() < time_for_an_answer)
            return Reply(of_the_store(reply.error()));
    }
}

Result<bson::Document> Link::run(const bson::Document& command, Nature nature) {
    if (nature == Nature::write) return write(command);
    return patiently(nature, [&](Client& client, Deadline deadline) {
        return client.run(Command{database_, command}, deadline);
    });
}

Result<bson::Document> Link::run_on_admin(const bson::Document& command) {
    return patiently(Nature::read, [&](Client& client, Deadline deadline) {
        return client.run(Command{"admin", command}, deadline);
    });
}

Result<bson::Document> Link::write(const bson::Document& command) {
    MIM_TRY(reply, patiently(Nature::write, [&](Client& client, Deadline deadline) {
                return client.write(Command{database_, command, Nature::write}, deadline);
            }));
    const auto error = write_error_of(reply);
    if (!error) return reply;
    // What stood before it in the command is written.
    return verdict_on_write(error->code) == Verdict::undone ? outcome_unknown() : refused_write(*error);
}

Result<std::vector<bson::Document>> Link::drain(const bson::Document& command) {
    return patiently(Nature::read, [&](Client& client, Deadline deadline) {
        return client.drain(Command{database_, of_what_stays(command)}, deadline);
    });
}

Result<std::int64_t> Link::count(const char* collection, const bson::Document& filter) {
    MIM_TRY(reply, run(of_what_stays(fields("count", collection, "query", filter)), Nature::read));
    return number_of(reply);
}

Done Link::in_transaction(const TransactionBody& body) {
    return commit_one({pool_, database_, Deadline::after(patience_),
                       [this](const Error& error) { return of_the_store(error); }},
                      body);
}

}  // namespace mim::store::mongodb
