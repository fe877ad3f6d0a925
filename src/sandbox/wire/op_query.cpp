#include "sandbox/wire/op_query.hpp"

#include "sandbox/wire/reader.hpp"

namespace mim::sandbox::wire {
namespace {

// {$query: {isMaster: 1}, $readPreference: …} wraps the command in some clients.
bson::Document unwrapped(const bson::Document& query) {
    for (const char* wrapper : {"$query", "query"}) {
        const auto inner = query.find(wrapper);
        if (inner && inner->type() == bson::Type::document) return bson::Document(*inner->document());
    }
    return query;
}

}  // namespace

Result<Message> parse_op_query(std::span<const std::uint8_t> bytes, std::int32_t request_id) {
    Reader reader(bytes.subspan(header_size));
    const auto flags = reader.int32();
    const auto name = reader.c_string();
    const auto skip = reader.int32(), count = reader.int32();
    if (!flags || !name || !skip || !count) return malformed("an OP_QUERY that ends too early");
    constexpr std::string_view commands = ".$cmd";
    if (!name->ends_with(commands)) return malformed("an OP_QUERY that is not a command");
    MIM_TRY(query, reader.document());
    if (!reader.done()) {
        MIM_CHECK(reader.document());  // the field selector, which no command uses
    }
    if (!reader.done()) return malformed("an OP_QUERY with bytes after its end");
    Message message;
    message.request_id = request_id;
    message.form = Form::op_query;
    message.database = name->substr(0, name->size() - commands.size());
    message.body = unwrapped(query);
    return message;
}

}  // namespace mim::sandbox::wire
