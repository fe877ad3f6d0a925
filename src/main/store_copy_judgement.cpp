#include "main/store_copy_judgement.hpp"

#include "base/clock.hpp"
#include "drivers/sqlite/backup.hpp"
#include "main/store_place.hpp"
#include "store/mongodb/inspection.hpp"
#include "store/sqlite/inspection.hpp"

namespace mim::main {
namespace {

using std::filesystem::path;

enum class End { source, destination };

Error other_version(const std::string& store, std::int64_t version, std::int64_t known) {
    return {ErrorCode::store_failed, store + ": its schema is version " + std::to_string(version) +
                                         ", this binary's is " + std::to_string(known) +
                                         ": start this mim on it once, or copy with the mim that wrote it"};
}

Error of_file(const path& file, const Error& error) {
    return {error.code, file.string() + ": " + error.message};
}

Done judge_content(const path& file) {
    auto opened = store::open_to_inspect(file);
    if (!opened) return of_file(file, opened.error());
    const auto contents = store::contents_of(*opened);
    if (!contents) return of_file(file, contents.error());
    const std::int64_t known = store::known_sqlite_version();
    if (contents->version != known) return other_version(file.string(), contents->version, known);
    return {};
}

Done judge_file(const path& file, End end) {
    if (std::filesystem::is_directory(file))
        return Error(ErrorCode::store_failed, file.string() + " is a folder: a store is a file");
    const bool there = std::filesystem::is_regular_file(file);
    if (!there && end == End::source)
        return Error(ErrorCode::store_failed, "there is no file " + file.string() + " to copy from");
    if (!there) return {};
    MIM_CHECK(judge_content(file));
    if (sqlite::use_of(file) == sqlite::Use::somebody)
        return Error(ErrorCode::store_failed,
                     file.string() + " is in use: stop every mim that serves or works on it first");
    return {};
}

Done judge_deployment(const Secret& uri, End end) {
    store::MongoDeployment deployment;
    deployment.uri = uri;
    MIM_TRY(state, store::inspect_mongodb(deployment, system_clock()));
    const std::string name = end == End::source ? "the source" : "the destination";
    const std::int64_t known = store::known_mongodb_version();
    const bool empty = state.version == 0;
    if (empty && end == End::source)
        return Error(ErrorCode::store_failed, name + " is no store: no mim has used it yet");
    if (!empty && state.version != known) return other_version(name, state.version, known);
    if (end == End::source) return {};
    MIM_CHECK(state.writable);
    return state.transactions;
}

Done judge_end(const Secret& store, End end) {
    if (is_mongodb(store)) return judge_deployment(store, end);
    if (store.reveal().find("://") != std::string::npos)
        return Error(ErrorCode::invalid_input, "a store is a mongodb:// URI or the path of a file");
    return judge_file(store.reveal(), end);
}

bool are_the_same(const Secret& from, const Secret& to) {
    if (is_mongodb(from) != is_mongodb(to)) return false;
    if (!is_mongodb(from)) {
        std::error_code failure;
        return std::filesystem::equivalent(from.reveal(), to.reveal(), failure);
    }
    const auto source = place_of_store(from), destination = place_of_store(to);
    return source && destination && is_shared(*source, *destination);
}

}  // namespace

Done judge_copy(const StoreCopySettings& settings) {
    if (are_the_same(settings.from, settings.to))
        return Error(ErrorCode::invalid_input, "--from and --to are the same store");
    MIM_CHECK(judge_end(settings.from, End::source));
    return judge_end(settings.to, End::destination);
}

}  // namespace mim::main
