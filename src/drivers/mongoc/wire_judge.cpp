#include "drivers/mongoc/wire_judge.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "bson/structure.hpp"

namespace mim::drivers::mongoc {
namespace {

constexpr std::size_t header_bytes = 16;
constexpr std::size_t reply_bytes = header_bytes + 20;   // flags, cursor, offset, count
constexpr std::size_t message_bytes = header_bytes + 5;  // flags, the section's kind
constexpr std::size_t smallest_document = 5;

constexpr std::int32_t op_reply = 1;
constexpr std::int32_t op_query = 2004;
constexpr std::int32_t op_compressed = 2012;
constexpr std::int32_t op_msg = 2013;
constexpr std::int32_t await_capable = 8;  // a flag of OP_REPLY that every server sets

std::int32_t number_at(std::span<const std::uint8_t> bytes, std::size_t offset) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number |= static_cast<std::uint32_t>(bytes[offset + i]) << (8 * i);
    return static_cast<std::int32_t>(number);
}

Question question_of(std::string_view command) {
    constexpr std::array<std::string_view, 3> greetings = {"hello", "isMaster", "ismaster"};
    constexpr std::array<std::string_view, 4> steps = {"saslStart", "saslContinue", "authenticate",
                                                       "getnonce"};
    if (std::find(greetings.begin(), greetings.end(), command) != greetings.end()) return Question::greeting;
    if (std::find(steps.begin(), steps.end(), command) != steps.end()) return Question::sign_in;
    return Question::command;
}

// Up to the terminator, which must be there.
std::optional<std::string_view> c_string_at(std::span<const std::uint8_t> bytes, std::size_t offset) {
    if (offset >= bytes.size()) return std::nullopt;
    const auto* const start = reinterpret_cast<const char*>(bytes.data()) + offset;
    const std::size_t length = strnlen(start, bytes.size() - offset);
    if (length == bytes.size() - offset) return std::nullopt;
    return std::string_view(start, length);
}

// The name of the first field of the document at `offset`.
std::optional<std::string_view> command_at(std::span<const std::uint8_t> bytes, std::size_t offset) {
    return c_string_at(bytes, offset + 5);  // after the length and the field's type
}

}  // namespace

std::optional<Request> request_in(std::span<const std::uint8_t> first_bytes) {
    if (first_bytes.size() < header_bytes + 4) return std::nullopt;
    Request request;
    request.id = number_at(first_bytes, 4);
    const std::int32_t operation = number_at(first_bytes, 12);
    std::optional<std::string_view> command;
    if (operation == op_msg) {
        command = command_at(first_bytes, message_bytes);
    } else if (operation == op_query) {
        request.form = Request::Form::query;
        constexpr std::size_t name_at = header_bytes + 4;
        const auto collection = c_string_at(first_bytes, name_at);
        if (collection) command = command_at(first_bytes, name_at + collection->size() + 1 + 8);
    }
    if (!command) return std::nullopt;
    request.question = question_of(*command);
    return request;
}

void WireJudge::expect(const Request& request) {
    request_ = request;
}

std::size_t WireJudge::limit() const {
    switch (request_->question) {
        case Question::greeting:
            return limits_.greeting;
        case Question::sign_in:
            return limits_.sign_in;
        case Question::command:
            break;
    }
    return limits_.command;
}

std::span<const std::uint8_t> WireJudge::document() const {
    const bool query = request_->form == Request::Form::query;
    return std::span<const std::uint8_t>(frame_).subspan(query ? reply_bytes : message_bytes);
}

bson::DocumentView WireJudge::answer() const {
    return bson::DocumentView(document());
}

std::size_t WireJudge::lacking() const {
    if (state_ != State::incomplete) return 0;
    return (length_ == 0 ? header_bytes : length_) - frame_.size();
}

void WireJudge::take(std::span<const std::uint8_t> bytes) {
    if (bytes.size() > lacking()) return refuse("more bytes came than the message has");
    if (length_ != 0 && frame_.capacity() < frame_.size() + bytes.size())
        frame_.reserve(std::min(length_, std::max(frame_.size() + bytes.size(), frame_.capacity() * 2)));
    frame_.insert(frame_.end(), bytes.begin(), bytes.end());
    if (length_ == 0 && frame_.size() == header_bytes) judge_header();
    if (state_ == State::incomplete && length_ != 0 && frame_.size() == length_) judge_whole();
}

void WireJudge::release() {
    frame_ = {};
    length_ = 0;
    request_.reset();
    if (state_ == State::complete) state_ = State::incomplete;
}

void WireJudge::refuse(std::string reason) {
    state_ = State::refused;
    reason_ = std::move(reason);
    frame_ = {};
}

void WireJudge::judge_header() {
    const std::int32_t announced = number_at(frame_, 0);
    const std::int32_t operation = number_at(frame_, 12);
    if (!request_) return refuse("it speaks without having been asked");
    if (operation == op_compressed) return refuse("it compresses its answer, which nobody asked for");
    const bool query = request_->form == Request::Form::query;
    if (operation != (query ? op_reply : op_msg))
        return refuse("it answers by the operation " + std::to_string(operation));
    if (number_at(frame_, 8) != request_->id) return refuse("it answers what was not asked");
    const std::size_t least = (query ? reply_bytes : message_bytes) + smallest_document;
    if (announced < 0 || static_cast<std::size_t>(announced) < least)
        return refuse("it announces a message of " + std::to_string(announced) + " bytes");
    if (static_cast<std::size_t>(announced) > limit())
        return refuse("it announces a message of " + std::to_string(announced) + " bytes, where at most " +
                      std::to_string(limit()) + " are taken in");
    length_ = static_cast<std::size_t>(announced);
}

void WireJudge::judge_whole() {
    const bool query = request_->form == Request::Form::query;
    const std::int32_t flags = number_at(frame_, header_bytes);
    if (query) {
        if ((flags & ~await_capable) != 0 && (flags & ~await_capable) != 2)
            return refuse("its answer has the flags " + std::to_string(flags));
        if (number_at(frame_, reply_bytes - 4) != 1)
            return refuse("its answer has " + std::to_string(number_at(frame_, reply_bytes - 4)) +
                          " documents");
    } else {
        if (flags != 0) return refuse("its answer has the flags " + std::to_string(flags));
        if (frame_[message_bytes - 1] != 0)
            return refuse("its answer begins with a section of kind " +
                          std::to_string(frame_[message_bytes - 1]));
    }
    if (auto fault = bson::structure_fault(document())) return refuse("its answer is not BSON: " + *fault);
    if (auto fault = shape_fault(bson::DocumentView(document()), request_->question))
        return refuse("its answer is malformed: " + *fault);
    state_ = State::complete;
}

}  // namespace mim::drivers::mongoc
