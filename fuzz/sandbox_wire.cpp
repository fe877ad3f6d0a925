// The sandbox's wire parser: a message or an error, and what was read can be answered.
#include <span>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "fuzz.hpp"
#include "sandbox/wire/message.hpp"

namespace wire = mim::sandbox::wire;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> bytes(data, size);
    if (size >= wire::header_size) {
        const auto announced = wire::announced_length(bytes.first(wire::header_size));
        mim::fuzz::must(
            !announced || (*announced >= wire::header_size && *announced <= wire::largest_message),
            "a length within the limits");
    }
    const auto message = wire::parse(bytes);
    if (!message) return 0;
    // Documents were judged as they were read; what the parser adds are the names of sequences.
    for (const auto field : message->body) {
        const auto named = mim::bson::Builder().add_null(field.key()).take();
        mim::fuzz::must(mim::bson::Document::from_bytes(named.bytes()).has_value(), "names are UTF-8");
    }
    static_cast<void>(mim::bson::to_json(message->body));
    const auto reply = wire::encode_reply(message->form, message->request_id, message->body);
    mim::fuzz::must(reply.size() > wire::header_size, "there is a reply");
    return 0;
}
