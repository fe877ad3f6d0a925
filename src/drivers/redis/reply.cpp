#include "drivers/redis/reply.hpp"

#include <new>

#include <hiredis/hiredis.h>

namespace mim::redis {
namespace {

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

Reply value_of(const redisReply& raw) {
    Reply reply;
    switch (raw.type) {
        case REDIS_REPLY_INTEGER:
            reply.kind = Reply::Kind::integer;
            reply.integer = raw.integer;
            break;
        case REDIS_REPLY_STRING:
        case REDIS_REPLY_STATUS:
            reply.kind = Reply::Kind::text;
            reply.text.assign(raw.str, raw.len);
            break;
        case REDIS_REPLY_ERROR:
            reply.kind = Reply::Kind::error;
            reply.text.assign(raw.str, raw.len);
            break;
        case REDIS_REPLY_ARRAY:
            reply.kind = Reply::Kind::list;
            for (std::size_t i = 0; i < raw.elements; ++i) reply.list.push_back(value_of(*raw.element[i]));
            break;
        default:
            break;
    }
    return reply;
}

}  // namespace

void ReplyReader::Free::operator()(redisReader* reader) const {
    redisReaderFree(reader);
}

ReplyReader::ReplyReader() : reader_(redisReaderCreate()) {
    if (!reader_) throw std::bad_alloc();
}

void ReplyReader::feed(std::string_view bytes) {
    redisReaderFeed(reader_.get(), bytes.data(), bytes.size());  // a failure shows at `next`
}

Result<std::optional<Reply>> ReplyReader::next() {
    void* raw = nullptr;
    if (redisReaderGetReply(reader_.get(), &raw) != REDIS_OK)
        return Error(ErrorCode::not_ready, "what answers there does not speak Redis's protocol");
    if (raw == nullptr) return std::optional<Reply>();
    const std::unique_ptr<redisReply, FreeReply> owned(static_cast<redisReply*>(raw));
    return std::optional<Reply>(value_of(*owned));
}

std::string encode(const std::vector<std::string>& arguments) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const auto& argument : arguments) {
        texts.push_back(argument.data());
        sizes.push_back(argument.size());
    }
    char* raw = nullptr;
    const auto size =
        redisFormatCommandArgv(&raw, static_cast<int>(texts.size()), texts.data(), sizes.data());
    if (size < 0) throw std::bad_alloc();
    std::string encoded(raw, static_cast<std::size_t>(size));
    redisFreeCommand(raw);
    return encoded;
}

}  // namespace mim::redis
