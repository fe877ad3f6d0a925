#include "main/store_replacing.hpp"

#include <iostream>

#include <unistd.h>

#include "base/clock.hpp"

namespace mim::main {
namespace {

using std::filesystem::path;

constexpr const char* logs_of_sqlite[] = {"-wal", "-shm"};

// As in 2026-01-31T09:05:00.123Z, fit for a file's name everywhere.
std::string stamp(Timestamp now) {
    std::string text = to_rfc3339(now);
    std::erase_if(text, [](char c) { return c == ':' || c == '-'; });
    return text;
}

Done move_logs(const path& file, const std::string& suffix) {
    for (const char* log : logs_of_sqlite) {
        const path beside = file.string() + log;
        std::error_code failure;
        if (!std::filesystem::exists(beside)) continue;
        std::filesystem::rename(beside, file.string() + suffix + log, failure);
        if (failure)
            return Error(ErrorCode::store_failed,
                         "cannot move " + beside.string() + ": " + failure.message());
    }
    return {};
}

}  // namespace

Done keep_aside(const path& file) {
    const std::string suffix = ".replaced-" + stamp(system_clock().now());
    MIM_CHECK(move_logs(file, suffix));
    if (!std::filesystem::exists(file)) return {};
    const path kept = file.string() + suffix;
    if (::link(file.c_str(), kept.c_str()) != 0)
        return Error(ErrorCode::store_failed, "cannot keep the present store as " + kept.string());
    std::cout << "the store that was there is kept as " << kept.string() << std::endl;
    return {};
}

}  // namespace mim::main
