#include "drivers/mongoc/cursor.hpp"

#include <optional>

#include "bson/builder.hpp"

namespace mim::drivers::mongoc {
namespace {

struct Batch {
    std::int64_t cursor = 0;
    std::string collection;  // where to ask for more
};

// Of a document among others: itself, its bytes as a block of their own, and the list that grows.
std::size_t held_bytes(bson::DocumentView document) {
    constexpr std::size_t around_each = 3 * sizeof(bson::Document);
    return around_each + document.bytes().size();
}

// Moves the documents of a cursor reply to `into`, and charges for them; none when the reply has no cursor.
Result<std::optional<Batch>> take_batch(const bson::Document& reply, std::string_view field, Documents& into,
                                        Charge& charge) {
    const auto holder = reply.find("cursor");
    const auto cursor = holder ? holder->document() : std::nullopt;
    const auto listed = cursor ? cursor->find(field) : std::nullopt;
    const auto documents = listed ? listed->document() : std::nullopt;
    if (!documents) return std::optional<Batch>();
    for (const auto value : *documents) {
        const auto document = value.document();
        if (!document) continue;
        MIM_CHECK(charge.grow(held_bytes(*document)));
        into.emplace_back(*document);
    }
    Batch batch;
    if (const auto id = cursor->find("id")) batch.cursor = id->integer().value_or(0);
    if (const auto space = cursor->find("ns")) {
        const std::string_view name = space->string().value_or("");
        if (const auto dot = name.find('.'); dot != std::string_view::npos)
            batch.collection = name.substr(dot + 1);
    }
    return std::optional<Batch>(std::move(batch));
}

}  // namespace

Outcome<Documents> read_cursor(const Command& command, Charge& charge, const Ask& ask) {
    Documents documents;
    const auto refused = [&](Error error) {
        error.message = std::string(name_of(command)) + ": " + error.message;
        return Failure{Failure::Kind::other, std::move(error)};
    };
    auto reply = ask(command);
    if (!reply) return std::move(reply).error();
    auto batch = take_batch(*reply, "firstBatch", documents, charge);
    while (batch && *batch && (*batch)->cursor != 0) {
        // The server accepts maxTimeMS on getMore for awaitData cursors only.
        const Command more{
            command.database,
            bson::Builder().add("getMore", (*batch)->cursor).add("collection", (*batch)->collection).take(),
            Nature::read, ServerLimit::none};
        reply = ask(more);
        if (!reply) return std::move(reply).error();
        batch = take_batch(*reply, "nextBatch", documents, charge);
    }
    if (!batch) return refused(std::move(batch).error());
    if (!*batch) return refused(Error(ErrorCode::target_refused, "the server answered no cursor"));
    return documents;
}

}  // namespace mim::drivers::mongoc
