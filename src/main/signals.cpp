#include "main/signals.hpp"

#include <csignal>

#include <pthread.h>

namespace mim::main {
namespace {

sigset_t signals(Hangup hangup) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    if (hangup == Hangup::reloads) sigaddset(&set, SIGHUP);
    return set;
}

}  // namespace

StopSignals::StopSignals(Hangup hangup) : hangup_(hangup) {
    const sigset_t set = signals(hangup_);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

int StopSignals::wait(const std::function<void()>& reload) const {
    const sigset_t set = signals(hangup_);
    int signal = 0;
    while (sigwait(&set, &signal) == 0 && signal == SIGHUP) {
        if (reload) reload();
    }
    return signal;
}

}  // namespace mim::main
