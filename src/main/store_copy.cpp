#include <filesystem>
#include <iomanip>
#include <iostream>

#include <sys/stat.h>

#include "base/clock.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/store_copy_judgement.hpp"
#include "main/store_copy_keys.hpp"
#include "main/store_place.hpp"
#include "store/copy.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::main {
namespace {

constexpr std::int64_t items_of_a_line = 5'000;

Result<std::unique_ptr<store::Archive>> open_archive(const Secret& place) {
    if (is_mongodb(place)) {
        store::MongoDeployment deployment;
        deployment.uri = place;
        deployment.patience = std::chrono::milliseconds{60'000};
        MIM_TRY(link, store::open_mongodb(deployment, system_clock()));
        return store::create_mongodb_archive(std::move(link));
    }
    MIM_TRY(file, store::open_sqlite_file({.file = place.reveal()}, system_clock()));
    return store::create_sqlite_archive(std::move(file));
}

// An interrupted copy left nothing but items of this source: whatever else is there would be mixed with it.
Done judge_destination(store::Archive& from, store::Archive& to) {
    MIM_TRY(foreign, store::first_foreign(from, to));
    if (!foreign) return {};
    return Error(ErrorCode::store_failed, "the destination holds data that is not of the source (" +
                                              std::string(to_string(foreign->kind)) + ", " + foreign->id +
                                              "): nothing was copied; name an empty one");
}

// The folder of a file that is not there yet; last, so that what is refused leaves nothing behind.
Done make_room_for(const Secret& destination) {
    const std::filesystem::path folder = std::filesystem::path(destination.reveal()).parent_path();
    if (is_mongodb(destination) || folder.empty()) return {};
    return make_data_folder(folder);
}

// One line every few thousand items of a kind.
class ProgressLines {
  public:
    void operator()(const store::CopyProgress& progress) {
        if (progress.kind != kind_) shown_ = 0;
        kind_ = progress.kind;
        if (progress.seen - shown_ < items_of_a_line) return;
        shown_ = progress.seen;
        std::cout << to_string(progress.kind) << ": " << progress.seen << " read, " << progress.written
                  << " written" << std::endl;
    }

  private:
    store::Kind kind_ = store::Kind::users;
    std::int64_t shown_ = 0;
};

void show(store::Kind kind, const store::Inventory& from, const store::Inventory& to) {
    const auto flags = std::cout.flags();
    std::cout << to_string(kind) << ": " << from.items << " items, checksum " << std::hex << from.checksum;
    if (from == to) {
        std::cout << ", equal on both sides";
    } else {
        std::cout << "; the other side has " << std::dec << to.items << " items, checksum " << std::hex
                  << to.checksum;
    }
    std::cout.flags(flags);
    std::cout << std::endl;
}

Done verify(store::Archive& from, store::Archive& to) {
    Done verdict;
    for (const auto kind : store::all_kinds) {
        MIM_TRY(wanted, store::inventory_of(from, kind));
        MIM_TRY(found, store::inventory_of(to, kind));
        show(kind, wanted, found);
        if (wanted == found) continue;
        verdict = Error(ErrorCode::store_failed,
                        "the two stores differ: the destination holds other data, or one of them was in use");
    }
    return verdict;
}

Done copy(const StoreCopySettings& settings) {
    MIM_CHECK(judge_copy(settings));
    MIM_TRY(from, open_archive(settings.from));
    MIM_TRY(needed_keys, judge_keys_of_copy(settings, *from));
    MIM_CHECK(make_room_for(settings.to));
    MIM_TRY(to, open_archive(settings.to));
    MIM_CHECK(judge_destination(*from, *to));
    MIM_CHECK(store::copy_all(*from, *to, ProgressLines()));
    MIM_CHECK(verify(*from, *to));
    std::cout << needed_keys << std::flush;
    return {};
}

}  // namespace

int copy_store(const StoreCopySettings& settings) {
    umask(S_IRWXG | S_IRWXO);
    if (const auto done = copy(settings); !done) return fail(done.error());
    std::cout << "copied" << std::endl;
    return 0;
}

}  // namespace mim::main
