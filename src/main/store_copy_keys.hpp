// The keys that a copied store needs: its connection strings go as they are sealed, so the copy needs the
// keys of the source.
#pragma once

#include "base/result.hpp"
#include "main/settings.hpp"
#include "store/archive.hpp"

namespace mim::main {

// Before anything is written. The keys that are given, or else those that lie beside either store's file,
// must open what they are the keys of: store_failed when they open nothing of it. Damaged strings, and those
// under a key that the source has lost, go along: they are no worse in the copy. The answer are the lines to
// print at the end: which key the copy needs, and where it is.
[[nodiscard]] Result<std::string> judge_keys_of_copy(const StoreCopySettings& settings, store::Archive& from);

}  // namespace mim::main
