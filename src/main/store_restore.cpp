#include <iostream>

#include <unistd.h>

#include "base/clock.hpp"
#include "drivers/files/new_file.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/store_contents.hpp"
#include "main/store_lock.hpp"
#include "main/store_opening.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::main {
namespace {

namespace files = drivers::files;
using std::filesystem::path;

constexpr const char* logs_of_sqlite[] = {"-wal", "-shm"};

// As in 2026-01-31T09:05:00.123Z, fit for a file's name everywhere.
std::string stamp(Timestamp now) {
    std::string text = to_rfc3339(now);
    std::erase_if(text, [](char c) { return c == ':' || c == '-'; });
    return text;
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

Done move_aside(const path& file, const std::string& suffix) {
    for (const char* log : logs_of_sqlite) {
        const path beside = file.string() + log;
        std::error_code failure;
        if (!std::filesystem::exists(beside)) continue;
        std::filesystem::rename(beside, file.string() + suffix + log, failure);
        if (failure)
            return Error(ErrorCode::store_failed,
                         "cannot move " + beside.string() + ": " + failure.message());
    }
    // A second name, so that there is a file in its place at every moment.
    const path kept = file.string() + suffix;
    if (::link(file.c_str(), kept.c_str()) != 0)
        return Error(ErrorCode::store_failed, "cannot keep the present store as " + kept.string());
    std::cout << "the store that was there is kept as " << kept.string() << std::endl;
    return {};
}

Result<store::FileContents> restore(const ServeSettings& settings, const path& backup) {
    if (!settings.store.empty())
        return invalid_field("--store", "is set, and a backup is of the embedded store: use mongorestore");
    if (!std::filesystem::is_regular_file(backup))
        return Error(ErrorCode::store_failed, "there is no file " + backup.string() + " to restore from");
    MIM_CHECK(make_data_folder(settings.data));
    MIM_TRY(lock, lock_embedded_store(settings, files::Sharing::alone));
    const path file = embedded_store(settings);
    const bool replaces = std::filesystem::exists(file);
    const auto in_use = [&file] {
        return Error(ErrorCode::store_failed, file.string() + " is in use: stop whatever has it open first");
    };
    if (replaces && sqlite::use_of(file) == sqlite::Use::somebody) return in_use();
    MIM_TRY(draft, files::NewFile::beside(file));
    MIM_TRY(contents, prepare(backup, draft.path()));
    // Again, for those who do not ask for the lock.
    if (replaces && sqlite::take_out_of_use(file) == sqlite::Use::somebody) return in_use();
    if (replaces) MIM_CHECK(move_aside(file, ".replaced-" + stamp(system_clock().now())));
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
