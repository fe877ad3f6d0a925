#include <iostream>

#include "base/clock.hpp"
#include "drivers/files/new_file.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/secret_keys.hpp"
#include "main/store_contents.hpp"
#include "main/store_lock.hpp"
#include "main/store_opening.hpp"
#include "main/store_replacing.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::main {
namespace {

namespace files = drivers::files;
using std::filesystem::path;

// Of backups and stores: one line that names the file.
Error about(const path& file, Error error) {
    if (error.message.find(file.string()) == std::string::npos)
        error.message = file.string() + ": " + error.message;
    return error;
}

// Whoever has no key yet may put one there afterwards; a key that opens nothing of it is the wrong one.
Done judge_keys_of_backup(const ServeSettings& settings, const path& backup, const store::SealCount& seals) {
    if (seals.by_key.empty()) return {};
    const bool named = !settings.secrets.keys.empty() || !settings.secrets.key_file.empty();
    const path key_file = secret_key_file(settings);
    if (!named && !std::filesystem::exists(key_file)) return {};
    MIM_TRY(keys, secret_keys(settings, AbsentKey::refuse));
    if (knows_any(keys.box, seals)) return {};
    const std::string ours = settings.secrets.keys.empty() ? key_file.string() : "--secret-keys";
    return Error(ErrorCode::store_failed,
                 backup.string() + " was made with another key: " + ours + " does not hold the key " +
                     seals.by_key.begin()->first +
                     ", which its connection strings are sealed by; add it as a further line first");
}

// Before anything is made or changed.
Done judge_backup(const ServeSettings& settings, const path& backup) {
    if (std::filesystem::is_directory(backup))
        return Error(ErrorCode::store_failed, backup.string() + " is a folder: a backup is a file");
    if (!std::filesystem::is_regular_file(backup))
        return Error(ErrorCode::store_failed, "there is no file " + backup.string() + " to restore from");
    auto source = store::open_to_inspect(backup);
    if (!source) return about(backup, source.error());
    const Done whole = sqlite::check_whole(*source);
    if (!whole) return about(backup, whole.error());
    const auto contents = store::contents_of(*source);
    if (!contents) return about(backup, contents.error());
    return judge_keys_of_backup(settings, backup, contents->seals);
}

// The backup as a data file of this version, with nothing under way in it.
Result<store::FileContents> prepare(const path& backup, const path& draft) {
    {
        MIM_TRY(source, store::open_to_inspect(backup));
        MIM_CHECK(sqlite::copy_into(source, draft, page_lines(std::cout, "copied")));
        MIM_TRY(copy, store::open_to_inspect(draft));
        MIM_CHECK(sqlite::check_whole(copy));
        MIM_CHECK(store::contents_of(copy));
    }
    MIM_TRY(file, store::open_sqlite_file({.file = draft}, system_clock()));
    MIM_TRY(ended, store::end_what_was_under_way(*file, system_clock().now()));
    std::cout
        << ended.syncs << " syncs that were under way are cancelled, " << ended.sessions
        << " sessions are ended: everybody logs in again\n"
        << "accounts, passwords, roles and API keys are as they were at the backup: what was disabled or "
           "deleted since works again, so look through them"
        << std::endl;
    MIM_TRY(reader, file->read());
    return store::contents_of(*reader);
}

Result<store::FileContents> restore(const ServeSettings& settings, const path& backup) {
    if (!settings.store.empty())
        return invalid_field("--store", "is set, and a backup is of the embedded store: use mongorestore");
    const path file = embedded_store(settings);
    if (std::filesystem::is_directory(file))
        return Error(ErrorCode::store_failed, file.string() + " is a folder: a store is a file");
    MIM_CHECK(judge_backup(settings, backup));
    MIM_CHECK(make_data_folder(settings.data));
    MIM_TRY(lock, lock_embedded_store(settings, files::Sharing::alone));
    const bool replaces = std::filesystem::exists(file);
    const auto in_use = [&file] {
        return Error(ErrorCode::store_failed, file.string() + " is in use: stop whatever has it open first");
    };
    if (replaces && sqlite::use_of(file) == sqlite::Use::somebody) return in_use();
    MIM_TRY(draft, files::NewFile::beside(file));
    MIM_TRY(contents, prepare(backup, draft.path()));
    // Again, for those who do not ask for the lock.
    if (replaces && sqlite::take_out_of_use(file) == sqlite::Use::somebody) return in_use();
    if (replaces) MIM_CHECK(keep_aside(file));
    MIM_CHECK(draft.put(files::Present::replace));
    return contents;
}

}  // namespace

int restore_store(const StoreRestoreSettings& settings) {
    const auto log = begin_process(settings.common);
    const auto contents = restore(settings.common, settings.from);
    if (!contents) return fail(contents.error());
    print_contents(std::cout, *contents);
    std::cout << "restored " << embedded_store(settings.common).string() << std::endl;
    return 0;
}

}  // namespace mim::main
