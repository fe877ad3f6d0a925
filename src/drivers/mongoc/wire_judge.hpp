// Judges what a server sends before libmongoc reads it: a frame is taken in piece by piece, and handed on
// only when it is whole and is what a server answers to what was asked. Pure: no input, no output, no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drivers/mongoc/answer_shape.hpp"

namespace mim::drivers::mongoc {

// The largest message taken in, by what was asked. A server's answer is one document of at most 16 MiB and
// 16 KiB; before anybody has signed in a stranger answers, who has little to say.
struct FrameLimits {
    std::size_t greeting = std::size_t{256} * 1024;
    std::size_t sign_in = std::size_t{64} * 1024;
    std::size_t command = std::size_t{16} * 1024 * 1024 + std::size_t{64} * 1024;
};

// What was sent last, read from its first bytes.
struct Request {
    enum class Form { query, message } form = Form::message;  // OP_QUERY, OP_MSG
    std::int32_t id = 0;
    Question question = Question::command;
};
// None of what is no such request.
[[nodiscard]] std::optional<Request> request_in(std::span<const std::uint8_t> first_bytes);
// So many of its first bytes tell what a request is.
inline constexpr std::size_t telling_bytes = 256;

class WireJudge {
  public:
    explicit WireJudge(FrameLimits limits = {}) : limits_(limits) {}

    // An answer may come now, to this.
    void expect(const Request& request);

    enum class State { incomplete, complete, refused };
    [[nodiscard]] State state() const { return state_; }
    // How many bytes the frame lacks as far as is known; 0 when it is complete or refused.
    [[nodiscard]] std::size_t lacking() const;
    // Takes in at most so many: never a byte of the next frame.
    void take(std::span<const std::uint8_t> bytes);
    // When refused, for people.
    [[nodiscard]] const std::string& reason() const { return reason_; }
    // The whole frame, when complete.
    [[nodiscard]] std::span<const std::uint8_t> frame() const { return frame_; }
    // The document in it, and what it answers.
    [[nodiscard]] bson::DocumentView answer() const;
    [[nodiscard]] Question question() const { return request_ ? request_->question : Question::command; }
    [[nodiscard]] std::size_t held() const { return frame_.capacity(); }
    // Lets the frame go, for the next.
    void release();

  private:
    void judge_header();
    void judge_whole();
    void refuse(std::string reason);
    [[nodiscard]] std::size_t limit() const;
    [[nodiscard]] std::span<const std::uint8_t> document() const;

    FrameLimits limits_;
    std::optional<Request> request_;
    State state_ = State::incomplete;
    std::size_t length_ = 0;  // as announced; 0 until the header is there
    std::vector<std::uint8_t> frame_;
    std::string reason_;
};

}  // namespace mim::drivers::mongoc
