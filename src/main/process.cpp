#include "main/process.hpp"

#include <iostream>

#include <sys/resource.h>
#include <sys/stat.h>

#include "drivers/log/log.hpp"
#include "main/commands.hpp"
#include "trace/transaction.hpp"

namespace mim::main {
namespace {

drivers::LogTrace trace_of_thread() {
    const trace::Transaction* const transaction = trace::current();
    if (transaction == nullptr) return {};
    return {transaction->trace().text(), transaction->id().text()};
}

}  // namespace

std::unique_ptr<Logger> begin_process(const ServeSettings& settings) {
    umask(S_IRWXG | S_IRWXO);
    return drivers::create_logger(settings.log_level, settings.log_format, trace_of_thread);
}

Done make_data_folder(const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure || !std::filesystem::is_directory(folder)) {
        const std::string reason = failure ? failure.message() : "it is not a folder";
        return Error{ErrorCode::store_failed,
                     "cannot use the data folder " + folder.string() + ": " + reason};
    }
    return {};
}

void raise_open_files_limit(std::size_t connections, Logger& log) {
    // For the store's file, the queue, the targets and the log.
    constexpr rlim_t others = 512;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= connections + others) return;
    log.warning("serve.few_open_files", {{"allowed", std::to_string(limit.rlim_cur)},
                                         {"max_connections", std::to_string(connections)}});
}

int fail(const Error& error) {
    std::cerr << "mim: " << explain(error) << '\n';
    return 1;
}

}  // namespace mim::main
