// The fence at the end of a thread: what is thrown there has nobody above it to catch it and would end the
// process, so it becomes the error of the call that the thread worked for.
#pragma once

#include <exception>
#include <functional>

#include "base/result.hpp"

namespace mim {

// What `work`, which gives a Result, gives; internal, with the exception's text, when it throws.
template <class Work>
std::invoke_result_t<const Work&> contained(const Work& work) {
    try {
        return work();
    } catch (const std::exception& exception) {
        return Error(ErrorCode::internal, std::string("an exception ended it: ") + exception.what());
    } catch (...) {
        return Error(ErrorCode::internal, "an exception ended it that tells nothing");
    }
}

}  // namespace mim
