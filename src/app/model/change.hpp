#pragma once

namespace mim::app {

// What a use-case changed, as it was and as it is.
template <class T>
struct Change {
    T before;
    T after;
};

}  // namespace mim::app
