// What a server sends, judged: what passes is walked by libbson without an error, whatever pieces it comes
// in, and never more is held than was said.
#include "drivers/mongoc/wire_judge.hpp"

#include <algorithm>
#include <span>

#include <bson/bson.h>

#include "fuzz.hpp"

using mim::drivers::mongoc::FrameLimits;
using mim::drivers::mongoc::Question;
using mim::drivers::mongoc::Request;
using mim::drivers::mongoc::WireJudge;
using mim::fuzz::must;

namespace {

constexpr FrameLimits limits{.greeting = 2'048, .sign_in = 1'024, .command = 65'536};

std::size_t limit_of(Question question) {
    if (question == Question::greeting) return limits.greeting;
    return question == Question::sign_in ? limits.sign_in : limits.command;
}

void walk(bson_iter_t& at) {
    while (bson_iter_next(&at)) {
        bson_iter_t inner;
        if (BSON_ITER_HOLDS_DOCUMENT(&at) || BSON_ITER_HOLDS_ARRAY(&at)) {
            must(bson_iter_recurse(&at, &inner), "libbson goes into every document");
            walk(inner);
        }
    }
    must(at.err_off == 0, "libbson walks to the end");
}

}  // namespace

// The first byte chooses the question and its form, the second how the rest is cut.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    static_cast<void>(mim::drivers::mongoc::request_in(std::span(data, size)));
    Request request;
    request.form = (data[0] & 1) != 0 ? Request::Form::query : Request::Form::message;
    request.question = static_cast<Question>((data[0] >> 1) % 3);
    const std::size_t piece = data[1] + 1U;
    std::span<const std::uint8_t> rest(data + 2, size - 2);
    WireJudge judge(limits);
    judge.expect(request);
    while (!rest.empty() && judge.lacking() > 0) {
        const auto taken = rest.first(std::min({piece, rest.size(), judge.lacking()}));
        judge.take(taken);
        rest = rest.subspan(taken.size());
        must(judge.held() <= limit_of(request.question), "no more is held than was said");
    }
    if (judge.state() != WireJudge::State::complete) return 0;
    const auto answer = judge.answer().bytes();
    bson_t document;
    must(bson_init_static(&document, answer.data(), answer.size()), "libbson takes what passed");
    bson_iter_t at;
    must(bson_iter_init(&at, &document), "libbson reads what passed");
    walk(at);
    return 0;
}
