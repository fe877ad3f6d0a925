#include "store/mongodb/link.hpp"

#include "base/server_code.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

namespace {

using drivers::mongoc::Command;
using drivers::mongoc::Nature;

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
    const bool away = error.code == ErrorCode::target_unreachable || error.code == ErrorCode::target_timeout;
    if (away && hosts_ == Hosts::hidden) return {ErrorCode::not_ready, "the store cannot be reached"};
    return {away ? ErrorCode::not_ready : ErrorCode::store_failed, "the store (MongoDB): " + error.message};
}

Result<bson::Document> Link::run(const bson::Document& command, Nature nature) {
    if (nature == Nature::write) return write(command);
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    return ours(client->run(Command{database_, command}, Deadline::after(patience_)));
}

Result<bson::Document> Link::run_on_admin(const bson::Document& command) {
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    return ours(client->run(Command{"admin", command}, Deadline::after(patience_)));
}

Result<bson::Document> Link::write(const bson::Document& command) {
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    MIM_TRY(reply,
            ours(client->write(Command{database_, command, Nature::write}, Deadline::after(patience_))));
    if (const auto error = write_error_of(reply)) return refused_write(*error);
    return reply;
}

Result<std::vector<bson::Document>> Link::drain(const bson::Document& command) {
    auto client = pool_.lease(Deadline::after(patience_));
    if (!client) return of_the_store(client.error());
    return ours(client->drain(Command{database_, command}, Deadline::after(patience_)));
}

Result<std::int64_t> Link::count(const char* collection, const bson::Document& filter) {
    MIM_TRY(reply, run(fields("count", collection, "query", filter), Nature::read));
    return number_of(reply);
}

Done Link::in_transaction(const TransactionBody& body) {
    return commit_one({pool_, database_, Deadline::after(patience_),
                       [this](const Error& error) { return of_the_store(error); }},
                      body);
}

}  // namespace mim::store::mongodb
