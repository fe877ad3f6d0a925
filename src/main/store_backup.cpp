#include <iostream>

#include "drivers/files/new_file.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/store_contents.hpp"
#include "main/store_opening.hpp"

namespace mim::main {
namespace {

namespace files = drivers::files;

Result<store::FileContents> verified(const std::filesystem::path& file) {
    MIM_TRY(copy, store::open_to_inspect(file));
    MIM_CHECK(sqlite::check_whole(copy));
    return store::contents_of(copy);
}

Result<store::FileContents> back_up(const ServeSettings& settings, const std::filesystem::path& to) {
    if (!settings.store.empty()) {
        return invalid_field("--store",
                             "is set, and a backup is of the embedded store: use mongodump for a store on "
                             "MongoDB");
    }
    const auto from = embedded_store(settings);
    if (!std::filesystem::is_regular_file(from))
        return Error(ErrorCode::store_failed,
                     "there is no store in " + settings.data.string() + " to back up");
    if (std::filesystem::exists(to))
        return Error(ErrorCode::already_exists, to.string() + " exists and is kept");
    MIM_TRY(source, store::open_to_inspect(from));
    MIM_TRY(draft, files::NewFile::beside(to));
    MIM_CHECK(sqlite::copy_into(source, draft.path(), page_lines(std::cout, "copied")));
    MIM_TRY(contents, verified(draft.path()));
    MIM_CHECK(draft.put(files::Present::keep));
    return contents;
}

}  // namespace

int backup_store(const StoreBackupSettings& settings) {
    const auto log = begin_process(settings.common);
    const auto contents = back_up(settings.common, settings.to);
    if (!contents) return fail(contents.error());
    print_contents(std::cout, *contents);
    std::cout << "wrote " << settings.to.string() << "; keep the key file and the token keys apart from it"
              << std::endl;
    return 0;
}

}  // namespace mim::main
