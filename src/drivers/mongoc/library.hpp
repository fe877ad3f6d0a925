// libmongoc as a whole.
#pragma once

#include <string>

namespace mim::drivers::mongoc {

// Starts libmongoc once per process and silences its own log, whose lines may hold connection strings.
// Everything in this room calls it first. Thread-safe. The library is never shut down: helpers may still hold
// clients at exit.
void initialise();

// As it runs, which may be another than it was compiled with: "1.23.1".
[[nodiscard]] std::string library_version();
enum class Soundness { sound, unsafe_parser };
// Releases before 1.27.4 have memory errors in the parser of BSON and the wire protocol, which a hostile
// server can reach.
[[nodiscard]] Soundness library_soundness();

}  // namespace mim::drivers::mongoc
