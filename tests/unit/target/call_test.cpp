#include "target/call.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace mim::target {
namespace {

struct Case {
    Call call;
    std::optional<ErrorCode> code;
    enum class Origin { ours, servers } origin;
    Verdict verdict;
};

TEST(Call, ItsEndTellsOfTheTarget) {
    const auto ours = Case::Origin::ours, servers = Case::Origin::servers;
    const Case cases[] = {
        {Call::read, std::nullopt, ours, Verdict::works},
        {Call::probe, std::nullopt, ours, Verdict::greeted},
        {Call::probe, ErrorCode::target_timeout, ours, Verdict::failed},
        {Call::probe, ErrorCode::target_unreachable, ours, Verdict::failed},
        {Call::probe, ErrorCode::target_authentication, servers, Verdict::greeted},
        {Call::read, ErrorCode::target_timeout, ours, Verdict::failed},
        {Call::read, ErrorCode::target_timeout, servers, Verdict::failed},
        {Call::read, ErrorCode::target_not_authorised, servers, Verdict::works},
        {Call::read, ErrorCode::target_refused, servers, Verdict::works},
        {Call::drop_index, ErrorCode::target_outcome_unknown, ours, Verdict::failed},
        {Call::drop_index, ErrorCode::target_outcome_unknown, servers, Verdict::works},
        {Call::create_indexes, ErrorCode::target_timeout, ours, Verdict::unknown},
        {Call::create_indexes, ErrorCode::cancelled, ours, Verdict::unknown},
        {Call::create_indexes, ErrorCode::target_unreachable, ours, Verdict::failed},
        {Call::create_indexes, ErrorCode::target_outcome_unknown, ours, Verdict::failed},
        {Call::find_duplicates, ErrorCode::target_timeout, servers, Verdict::unknown},
        {Call::create_collection, ErrorCode::already_exists, servers, Verdict::works},
        {Call::rename_collection, ErrorCode::not_found, servers, Verdict::works},
        {Call::read, ErrorCode::target_not_allowed, ours, Verdict::unknown},
        {Call::read, ErrorCode::target_paused, ours, Verdict::unknown},
        {Call::drop_index, ErrorCode::invalid_input, ours, Verdict::unknown},
    };
    for (const Case& one : cases) {
        std::optional<Error> error;
        if (one.code) error = Error(*one.code, "x");
        if (one.origin == Case::Origin::servers) error->server = ServerReply{1, "Name", "x"};
        EXPECT_EQ(verdict_on(one.call, error ? &*error : nullptr), one.verdict)
            << name_of(one.call) << " " << (one.code ? to_string(*one.code) : "ok");
    }
}

}  // namespace
}  // namespace mim::target
