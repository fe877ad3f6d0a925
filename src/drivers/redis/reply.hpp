// What Redis answers, as a value, and the reader that makes it out of bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct redisReader;

namespace mim::redis {

struct Reply {
    enum class Kind { nothing, integer, text, list, error };
    Kind kind = Kind::nothing;
    std::int64_t integer = 0;
    std::string text{};  // also of an error: "NOSCRIPT No matching script"
    std::vector<Reply> list{};

    [[nodiscard]] bool is_error(std::string_view word) const {
        return kind == Kind::error && text.starts_with(word);
    }
};

// Not thread-safe.
class ReplyReader {
  public:
    ReplyReader();
    void feed(std::string_view bytes);
    // The next whole reply; none when more bytes are needed. not_ready: this is not Redis's protocol.
    [[nodiscard]] Result<std::optional<Reply>> next();

  private:
    struct Free {
        void operator()(redisReader* reader) const;
    };
    std::unique_ptr<redisReader, Free> reader_;
};

// A command as it goes over the wire.
[[nodiscard]] std::string encode(const std::vector<std::string>& arguments);

}  // namespace mim::redis
