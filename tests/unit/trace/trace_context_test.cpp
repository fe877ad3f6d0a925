#include "trace/trace_context.hpp"

#include <gtest/gtest.h>

namespace mim::trace {
namespace {

const std::string trace = "0af7651916cd43dd8448eb211c80319c";
const std::string parent = "b7ad6b7169203331";
const std::string good = "00-" + trace + "-" + parent + "-01";

TEST(TraceContext, ReadsWhatTheCallerSays) {
    const auto context = parse_trace_context(good, "");
    ASSERT_TRUE(context);
    EXPECT_EQ(context->trace.text(), trace);
    EXPECT_EQ(context->parent.text(), parent);
    EXPECT_EQ(context->sampled, Sampled::yes);
    EXPECT_FALSE(context->rate);
    EXPECT_EQ(to_text(*context), good);
}

TEST(TraceContext, SampledIsTheLastBit) {
    for (const auto& [flags, sampled] :
         {std::pair{"00", Sampled::no}, {"01", Sampled::yes}, {"02", Sampled::no}, {"ff", Sampled::yes}}) {
        const auto context = parse_trace_context("00-" + trace + "-" + parent + "-" + flags, "");
        ASSERT_TRUE(context) << flags;
        EXPECT_EQ(context->sampled, sampled) << flags;
    }
}

TEST(TraceContext, RefusesWhatTheStandardRefuses) {
    const std::string zero_trace(32, '0');
    const std::string zero_parent(16, '0');
    for (const std::string& bad :
         {std::string(), std::string("00"), "00-" + zero_trace + "-" + parent + "-01",
          "00-" + trace + "-" + zero_parent + "-01", "ff-" + trace + "-" + parent + "-01", good + "-more",
          good + " ", good + "," + good, "00-0AF7651916CD43DD8448EB211C80319C-" + parent + "-01",
          "00-" + trace + "_" + parent + "-01", "00-" + trace + "-" + parent + "-0g",
          "0x-" + trace + "-" + parent + "-01", "01-" + trace + "-" + parent + "-01x"})
        EXPECT_FALSE(parse_trace_context(bad, "")) << bad;
}

TEST(TraceContext, TakesWhatALaterVersionAdds) {
    EXPECT_TRUE(parse_trace_context("01-" + trace + "-" + parent + "-01-more", ""));
    EXPECT_TRUE(parse_trace_context("cc-" + trace + "-" + parent + "-01", ""));
}

TEST(TraceContext, FindsTheRateAmongTheEntriesOfOthers) {
    struct Case {
        const char* state;
        std::optional<double> rate;
    };
    for (const auto& [state, rate] : {Case{"es=s:0.25", 0.25},
                                      {"x=1, es=s:1 ,y=2", 1.0},
                                      {"es=a:b;s:0.5", 0.5},
                                      {"es=s:0", 0.0},
                                      {"other=s:0.5", {}},
                                      {"es=s:", {}},
                                      {"es=s:2", {}},
                                      {"es=s:-1", {}},
                                      {"es=s:nan", {}},
                                      {"es=s:0.5x", {}},
                                      {"es", {}},
                                      {",,,", {}},
                                      {"yes=s:0.5", {}}}) {
        const auto context = parse_trace_context(good, state);
        ASSERT_TRUE(context) << state;
        EXPECT_EQ(context->rate, rate) << state;
    }
}

TEST(SyncTrace, IsFoundFromTheSyncsIdAlone) {
    const auto sync = *SyncId::parse("65a1b2c3d4e5f60718293a4b");
    EXPECT_EQ(trace_of(sync).text(), "6d696d7365a1b2c3d4e5f60718293a4b");
    EXPECT_EQ(run_of(sync, 1), run_of(sync, 1));
    EXPECT_NE(run_of(sync, 1), run_of(sync, 2));
}

}  // namespace
}  // namespace mim::trace
