#include "target/connection.hpp"

namespace mim::target {

Result<mongoc::Client> Connection::lease(LazyPool& lazy) {
    std::unique_lock lock(lazy.mutex);
    if (!lazy.pool) {
        MIM_TRY(opened, mongoc::Pool::open(uri_, lazy.settings));
        lazy.pool = std::move(opened);
    }
    const mongoc::Pool pool = *lazy.pool;  // leasing may wait: not under the lock
    lock.unlock();
    return pool.lease();
}

}  // namespace mim::target
