#include <iostream>

#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/store_lock.hpp"
#include "main/store_opening.hpp"
#include "main/store_presence.hpp"
#include "main/store_replacing.hpp"

namespace mim::main {
namespace {

Done make_anew(const ServeSettings& settings) {
    if (!settings.store.empty())
        return invalid_field("--store", "is set, and a store on MongoDB is made by the first start");
    const auto file = embedded_store(settings);
    if (presence_of_store(settings) == StorePresence::there)
        return Error(ErrorCode::already_exists, file.string() + " is there and is kept");
    MIM_CHECK(make_data_folder(settings.data));
    MIM_TRY(lock, lock_embedded_store(settings, drivers::files::Sharing::alone));
    MIM_CHECK(keep_aside(file));
    return make_empty_store(file, Replacing::yes);
}

}  // namespace

int create_store(const StoreCreateSettings& settings) {
    const auto log = begin_process(settings.common);
    if (const auto made = make_anew(settings.common); !made) return fail(made.error());
    std::cout << "made " << embedded_store(settings.common).string() << ", which is empty" << std::endl;
    return 0;
}

}  // namespace mim::main
