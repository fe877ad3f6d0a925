#include "drivers/mongoc/transaction.hpp"

#include <algorithm>

namespace mim::drivers::mongoc {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Who comes after it meets the open transaction until the server has heard of its end.
constexpr milliseconds patience_with_an_abort{2'000};

TransactionOptionsHandle terms_until(Deadline deadline) {
    const std::int64_t left = std::max<std::int64_t>(deadline.left().count(), 1);  // 0 would be for ever
    TransactionOptionsHandle terms(mongoc_transaction_opts_new());
    const ReadConcernHandle reads(mongoc_read_concern_new());
    mongoc_read_concern_set_level(reads.get(), MONGOC_READ_CONCERN_LEVEL_SNAPSHOT);
    mongoc_transaction_opts_set_read_concern(terms.get(), reads.get());
    const WriteConcernHandle writes(mongoc_write_concern_new());
    mongoc_write_concern_set_w(writes.get(), MONGOC_WRITE_CONCERN_W_MAJORITY);
    mongoc_write_concern_set_wtimeout_int64(writes.get(), left);
    mongoc_transaction_opts_set_write_concern(terms.get(), writes.get());
    const ReadPreferenceHandle primary(mongoc_read_prefs_new(MONGOC_READ_PRIMARY));
    mongoc_transaction_opts_set_read_prefs(terms.get(), primary.get());
    mongoc_transaction_opts_set_max_commit_time_ms(terms.get(), left);
    return terms;
}

milliseconds since(steady_clock::time_point started) {
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - started);
}

}  // namespace

Outcome<Transaction> Transaction::begin(Client client, Deadline deadline) {
    const Attempt beginning{"startTransaction"};
    if (auto chosen = client.primary(beginning.what, deadline); !chosen) return std::move(chosen).error();
    bson_error_t error{};
    const SessionOptionsHandle options(mongoc_session_opts_new());
    mongoc_session_opts_set_causal_consistency(options.get(), false);
    SessionHandle session(mongoc_client_start_session(client.raw(), options.get(), &error));
    if (!session) return client.failed(error, nullptr, beginning);
    const TransactionOptionsHandle terms = terms_until(deadline);
    if (!mongoc_client_session_start_transaction(session.get(), terms.get(), &error))
        return client.failed(error, nullptr, beginning);
    return Transaction(std::move(client), std::move(session));
}

Transaction::~Transaction() {
    if (!session_) return;  // moved from
    wait_until(Deadline::after(patience_with_an_abort));
    session_.reset();
}

Outcome<bson::Document> Transaction::run(const Command& command, Deadline deadline) {
    if (deadline.left().count() == 0) return too_late(name_of(command));
    wait_until(deadline);
    bson_error_t error{};
    Options options;
    if (!mongoc_client_session_append(session_.get(), &options.raw, &error))
        return client_.failed(error, nullptr, attempt_of(command, {}, {}));
    const bson::Document body = with_limit(command, deadline);
    const bson_t raw_body = body.view().raw();
    Reply reply;
    const auto patient_for = client_.patience(deadline);
    const auto started = steady_clock::now();
    // Of all ways to send a command this one always chooses the member that takes writes, for reads as well.
    if (mongoc_client_write_command_with_opts(client_.raw(), command.database.c_str(), &raw_body,
                                              &options.raw, &reply.raw, &error)) {
        client_.caller_->answered = steady_clock::now();
        return bson::Document(bson::DocumentView::of(reply.raw));
    }
    return failed(error, reply, attempt_of(command, since(started), patient_for));
}

Outcome<Documents> Transaction::drain(const Command& command, Deadline deadline) {
    Charge uncounted;  // the store of this service is no target
    return read_cursor(command, uncounted, [&](const Command& each) { return run(each, deadline); });
}

Outcome<void> Transaction::commit(Deadline deadline) {
    constexpr std::string_view what = "commitTransaction";
    if (deadline.left().count() == 0) return too_late(what);
    wait_until(deadline);
    Reply reply;
    bson_error_t error{};
    const auto patient_for = client_.patience(deadline);
    const auto started = steady_clock::now();
    if (mongoc_client_session_commit_transaction(session_.get(), &reply.raw, &error)) return {};
    return failed(error, reply, Attempt{what, Nature::write, since(started), patient_for});
}

}  // namespace mim::drivers::mongoc
