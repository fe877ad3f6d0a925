#include "store/mongodb/outcomes.hpp"

#include <gtest/gtest.h>

namespace mim::store::mongodb {
namespace {

using drivers::mongoc::Failure;
using Label = Failure::Label;

Failure without_answer(ErrorCode code, Label label = Label::none) {
    return {Failure::Kind::other, Error(code, "a test"), label};
}

Failure answered(int code, ErrorCode cause = ErrorCode::target_refused, Label label = Label::none) {
    return {Failure::Kind::other, Error(cause, "a test", ServerReply{code, "", ""}), label};
}

TEST(TransactionOutcomes, OfAStepNothingStands) {
    for (const auto code :
         {ErrorCode::target_unreachable, ErrorCode::target_timeout, ErrorCode::target_outcome_unknown})
        EXPECT_EQ(verdict_on_step(without_answer(code)), Verdict::undone) << to_string(code);
    for (const int code : {24, 91, 112, 189, 10107, 11600, 11602, 13435})
        EXPECT_EQ(verdict_on_step(answered(code)), Verdict::undone) << code;
    EXPECT_EQ(verdict_on_step(answered(50, ErrorCode::target_timeout)), Verdict::undone);
    EXPECT_EQ(verdict_on_step(answered(251, ErrorCode::target_refused, Label::transient_transaction)),
              Verdict::undone);
}

TEST(TransactionOutcomes, WhatWouldBeAnsweredAgainIsTold) {
    for (const int code : {2, 13, 20, 263, 11000}) {
        EXPECT_EQ(verdict_on_step(answered(code)), Verdict::refused) << code;
        EXPECT_EQ(verdict_on_commit(answered(code)), Verdict::refused) << code;
        EXPECT_EQ(verdict_on_write(code), Verdict::refused) << code;
    }
    EXPECT_EQ(verdict_on_step(without_answer(ErrorCode::target_authentication)), Verdict::refused);
}

TEST(TransactionOutcomes, ACommitWithoutAnAnswerMayStand) {
    for (const auto code :
         {ErrorCode::target_unreachable, ErrorCode::target_timeout, ErrorCode::target_outcome_unknown})
        EXPECT_EQ(verdict_on_commit(without_answer(code)), Verdict::unknown) << to_string(code);
    for (const int code : {91, 189, 11600, 11602})
        EXPECT_EQ(verdict_on_commit(answered(code, ErrorCode::target_outcome_unknown)), Verdict::unknown)
            << code;
    EXPECT_EQ(verdict_on_commit(answered(64, ErrorCode::target_refused, Label::unknown_commit)),
              Verdict::unknown);
}

TEST(TransactionOutcomes, ACommitThatTheServerKnowsNothingOfIsUndone) {
    EXPECT_EQ(verdict_on_commit(answered(251, ErrorCode::target_refused, Label::transient_transaction)),
              Verdict::undone);
}

TEST(TransactionOutcomes, WhatAMemberMayNotDoIsAskedOfItsSuccessor) {
    using drivers::mongoc::Nature;
    for (const int code : {10058, 10107, 13435}) {
        EXPECT_TRUE(may_be_sent_again(answered(code).error, Nature::read)) << code;
        EXPECT_TRUE(may_be_sent_again(answered(code).error, Nature::write)) << code;
    }
    // Begun, perhaps, when it was interrupted.
    for (const int code : {91, 189, 11600, 11602}) {
        EXPECT_TRUE(may_be_sent_again(answered(code).error, Nature::read)) << code;
        EXPECT_FALSE(may_be_sent_again(answered(code).error, Nature::write)) << code;
    }
    for (const int code : {2, 13, 11000})
        EXPECT_FALSE(may_be_sent_again(answered(code).error, Nature::read)) << code;
    EXPECT_FALSE(may_be_sent_again(without_answer(ErrorCode::target_unreachable).error, Nature::read));
}

TEST(TransactionOutcomes, AWriteThatMayStandIsNotSentAgain) {
    using drivers::mongoc::Nature;
    // An earlier attempt was left open, whatever the member said that was asked last.
    Error refused = answered(10107).error;
    refused.code = ErrorCode::target_outcome_unknown;
    const Error lost = without_answer(ErrorCode::target_outcome_unknown).error;
    for (const auto& error : {refused, lost, answered(64).error}) {
        EXPECT_TRUE(leaves_open(error));
        EXPECT_FALSE(may_be_sent_again(error, Nature::write));
    }
    for (const int code : {13, 10107, 11000}) EXPECT_FALSE(leaves_open(answered(code).error)) << code;
    EXPECT_FALSE(leaves_open(without_answer(ErrorCode::target_unreachable).error));
}

TEST(TransactionOutcomes, ADocumentThatSomebodyElseWritesIsWrittenLater) {
    EXPECT_EQ(verdict_on_write(112), Verdict::undone);
}

}  // namespace
}  // namespace mim::store::mongodb
