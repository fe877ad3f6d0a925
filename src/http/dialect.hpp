// Which of our clients a request comes from, as the base path that it used tells.
#pragma once

namespace mim::http {

enum class Dialect {
    current,    // the whole contract
    published,  // clients that were there before it: of a comparison they know three lists
};

}  // namespace mim::http
