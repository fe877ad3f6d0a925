#include "sandbox/wire/op_msg.hpp"

#include <map>

#include "bson/builder.hpp"
#include "sandbox/wire/crc32c.hpp"
#include "sandbox/wire/reader.hpp"

namespace mim::sandbox::wire {
namespace {

constexpr std::uint32_t checksum_present = 1U << 0U;
constexpr std::uint32_t more_to_come = 1U << 1U;
constexpr std::uint32_t required_bits = 0xFFFFU;  // a receiver must refuse what it does not know among these

struct Sections {
    std::optional<bson::Document> body;
    std::map<std::string, bson::Document> sequences;  // as arrays
};

// A sequence's name becomes a field's name, and those are UTF-8.
bool can_name_a_field(const std::string& name) {
    const bson::Document named = bson::Builder().add_null(name).take();
    return bson::Document::from_bytes(named.bytes()).has_value();
}

Done read_sequence(Reader& reader, Sections& into) {
    Reader size_reader = reader;
    const auto size = size_reader.int32();
    if (!size || *size < 4) return malformed("a document sequence of impossible size");
    const auto bytes = reader.take(static_cast<std::size_t>(*size));
    if (!bytes) return malformed("a document sequence longer than its message");
    Reader sequence(bytes->subspan(4));
    const auto name = sequence.c_string();
    if (!name || into.sequences.contains(*name))
        return malformed("a document sequence without a name of its own");
    if (!can_name_a_field(*name)) return malformed("a document sequence whose name is not UTF-8");
    bson::Array documents;
    while (!sequence.done()) {
        MIM_TRY(document, sequence.document());
        documents.add(document);
    }
    into.sequences.emplace(*name, documents.take());
    return {};
}

Done read_section(Reader& reader, Sections& into) {
    const auto kind = reader.byte();
    if (kind == std::uint8_t{1}) return read_sequence(reader, into);
    if (kind != std::uint8_t{0}) return malformed("a section of unknown kind");
    if (into.body) return malformed("two bodies in one message");
    MIM_TRY(body, reader.document());
    into.body = std::move(body);
    return {};
}

Result<bson::Document> joined(const Sections& sections) {
    if (!sections.body) return malformed("a message without a body");
    if (sections.sequences.empty()) return *sections.body;
    bson::Builder command;
    command.add_all(*sections.body);
    for (const auto& [name, documents] : sections.sequences) {
        if (sections.body->contains(name))
            return malformed("a document sequence that repeats a field of the body");
        command.add_array(name, documents);
    }
    return command.take();
}

}  // namespace

Result<Message> parse_op_msg(std::span<const std::uint8_t> bytes, std::int32_t request_id) {
    Reader start(bytes.subspan(header_size));
    const auto flags = start.uint32();
    if (!flags) return malformed("an OP_MSG without flags");
    if ((*flags & required_bits & ~(checksum_present | more_to_come)) != 0)
        return malformed("an unknown required flag");
    std::span<const std::uint8_t> content = start.rest();
    if ((*flags & checksum_present) != 0) {
        if (content.size() < 4) return malformed("an OP_MSG shorter than its checksum");
        if (Reader(content.last(4)).uint32() != crc32c(bytes.first(bytes.size() - 4)))
            return malformed("an OP_MSG whose checksum does not match");
        content = content.first(content.size() - 4);
    }
    Sections sections;
    for (Reader reader(content); !reader.done();) MIM_CHECK(read_section(reader, sections));
    Message message;
    message.request_id = request_id;
    if ((*flags & more_to_come) != 0) message.wants = Message::Wants::nothing;
    MIM_TRY(body, joined(sections));
    const auto database = body.find("$db");
    if (!database || !database->string()) return malformed("an OP_MSG without $db");
    message.database = std::string(*database->string());
    message.body = std::move(body);
    return message;
}

}  // namespace mim::sandbox::wire
