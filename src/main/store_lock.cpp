#include "main/store_lock.hpp"

#include "main/store_opening.hpp"

namespace mim::main {

Result<drivers::files::FileLock> lock_embedded_store(const ServeSettings& settings,
                                                     drivers::files::Sharing sharing) {
    const std::string file = embedded_store(settings).string();
    MIM_TRY(lock, drivers::files::FileLock::take(file + ".lock", sharing));
    if (lock) return std::move(*lock);
    const bool alone = sharing == drivers::files::Sharing::alone;
    return Error(ErrorCode::store_failed,
                 alone ? file + " is in use: stop every mim that serves or works on it first"
                       : file + " is being replaced by a restore; start again when it is done");
}

}  // namespace mim::main
