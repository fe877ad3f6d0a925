// The calls that a target takes, and what the end of one says about the target. Pure.
#pragma once

#include <string_view>

#include "base/error.hpp"

namespace mim::target {

enum class Call {
    probe,
    read,
    create_indexes,
    end_builds,
    drop_index,
    modify_index,
    find_duplicates,
    create_collection,
    rename_collection,
    drop_collection,
    count_documents
};
[[nodiscard]] std::string_view name_of(Call call);

enum class Verdict {
    works,    // it did what was asked, or refused it in its own words
    greeted,  // it answered a greeting
    failed,   // unreachable or silent
    unknown   // the end of the call says nothing about the target
};
// `error` null = the call succeeded.
[[nodiscard]] Verdict verdict_on(Call call, const Error* error);

}  // namespace mim::target
