// The fence: libmongoc's (domain, code) becomes an ErrorCode here and nowhere else. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>
#include <mongoc/mongoc.h>

#include "base/error.hpp"
#include "bson/document.hpp"
#include "drivers/mongoc/conversation.hpp"

namespace mim::drivers::mongoc {

enum class Nature { read, write };

// What was tried, for texts and for telling a lost write from a lost question.
struct Attempt {
    std::string_view what;  // the command's name
    Nature nature = Nature::read;
    std::chrono::milliseconds elapsed{0};
    std::chrono::milliseconds socket_timeout{0};
    // Where it was sent, for telling which privilege it lacked; empty when that is not known.
    std::string_view database = {};
    std::string_view collection = {};  // or "database.collection" where the command wants it so
    std::string_view stage = {};       // the first of an aggregation: "$indexStats"
};

struct Failure {
    // The connection ended before the answer came: a question may be asked again at once.
    enum class Kind { other, broken_connection } kind = Kind::other;
    Error error;
    // What server and driver say of the transaction that it ended.
    enum class Label {
        none,
        transient_transaction,  // nothing of it stands: it may be done again
        unknown_commit,         // its commit may stand: it may be asked for again
    } label = Label::none;
};

// A reply or a failure, before it is decided whether to ask again.
template <class T>
using Outcome = boost::system::result<T, Failure>;

// `reply` may be null. Texts name hosts, never credentials; what strangers wrote in them is clean and short.
[[nodiscard]] Failure translate(const bson_error_t& error, const bson_t* reply, const Attempt& attempt);
// The same, where the client's streams told more than libmongoc knows.
[[nodiscard]] Failure translate(const bson_error_t& error, const bson_t* reply, const Attempt& attempt,
                                const Conversation& told);
// At most 1 KiB of `text`, in which every control character and every byte that is no UTF-8 is written out.
// Of a longer one the middle is left out: servers repeat the index first, and end with what is wrong with it.
[[nodiscard]] std::string clean(std::string_view text);
// A server's own refusal: `code`, `codeName` and `errmsg` of `reply`, which may also be one shard's part of
// an answer.
[[nodiscard]] Error refusal(bson::DocumentView reply, const Attempt& attempt);

}  // namespace mim::drivers::mongoc
