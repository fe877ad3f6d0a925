#include "main/store_presence.hpp"

#include <array>

#include "base/clock.hpp"
#include "drivers/files/new_file.hpp"
#include "main/secret_keys.hpp"
#include "main/store_opening.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::main {
namespace {

namespace files = drivers::files;
using std::filesystem::path;

// What nobody can look at is taken to be there: opening it tells why.
bool has_content(const path& file) {
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) return static_cast<bool>(failure);
    if (!std::filesystem::is_regular_file(file, failure)) return true;
    const auto size = std::filesystem::file_size(file, failure);
    return failure || size > 0;
}

bool was_made(const ServeSettings& settings) {
    const std::string file = embedded_store(settings).string();
    const std::array<path, 3> left_behind{settings.data / own_secret_key_file, file + ".lock", file + "-wal"};
    for (const path& each : left_behind) {
        std::error_code failure;
        if (std::filesystem::exists(each, failure)) return true;
    }
    return false;
}

}  // namespace

StorePresence presence_of_store(const ServeSettings& settings) {
    if (has_content(embedded_store(settings))) return StorePresence::there;
    return was_made(settings) ? StorePresence::lost : StorePresence::never_made;
}

Error lost_store(const ServeSettings& settings) {
    const path file = embedded_store(settings);
    std::error_code failure;
    const std::string what = std::filesystem::exists(file, failure) ? " is empty (0 bytes)" : " is gone";
    const std::string data = " --data " + settings.data.string();
    return {ErrorCode::store_failed, "the store " + file.string() + what +
                                         ", and what belonged to it is still there: 'mim store restore" +
                                         data + " --from BACKUP' brings a backup back, 'mim store create" +
                                         data + "' begins with an empty one"};
}

Done make_empty_store(const path& place, Replacing replacing) {
    MIM_TRY(draft, files::NewFile::beside(place));
    { MIM_TRY(file, store::open_sqlite_file({.file = draft.path()}, system_clock())); }
    return draft.put(replacing == Replacing::yes ? files::Present::replace : files::Present::keep);
}

Done make_store_at_first_start(const ServeSettings& settings) {
    if (!settings.store.empty()) return {};
    const StorePresence presence = presence_of_store(settings);
    if (presence == StorePresence::lost) return lost_store(settings);
    if (presence == StorePresence::there) return {};
    const Done made = make_empty_store(embedded_store(settings), Replacing::no);
    // Another process was first, or an empty file stands there, which opening fills.
    if (!made && made.error().code == ErrorCode::already_exists) return {};
    return made;
}

}  // namespace mim::main
