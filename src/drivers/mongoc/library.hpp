// libmongoc as a whole.
#pragma once

namespace mim::drivers::mongoc {

// Starts libmongoc once per process and silences its own log, whose lines may hold connection strings.
// Everything in this room calls it first. Thread-safe. The library is never shut down: helpers may still hold
// clients at exit.
void initialise();

}  // namespace mim::drivers::mongoc
