#include "target/shard_replies.hpp"

#include "drivers/mongoc/error.hpp"

namespace mim::target {

Done check_shards(bson::DocumentView reply, std::string_view command,
                  const drivers::mongoc::SentSecrets& secrets) {
    const auto raw = reply.find("raw");
    const auto shards = raw ? raw->document() : std::nullopt;
    if (!shards) return {};
    for (const auto shard : *shards) {
        const auto part = shard.document();
        const auto ok = part ? part->find("ok") : std::nullopt;
        if (!part || (ok && ok->truthy())) continue;
        Error error = drivers::mongoc::refusal(
            *part, drivers::mongoc::Attempt{command, drivers::mongoc::Nature::write});
        error.message += " (shard " + std::string(shard.key()) + "; other shards may have done their part)";
        secrets.hide_in(error);
        return error;
    }
    return {};
}

}  // namespace mim::target
