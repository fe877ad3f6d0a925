#include "main/signals.hpp"

#include <csignal>

#include <pthread.h>

namespace mim::main {
namespace {

sigset_t stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

}  // namespace

StopSignals::StopSignals() {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

int StopSignals::wait() const {
    const sigset_t set = stop_signals();
    int signal = 0;
    sigwait(&set, &signal);
    return signal;
}

}  // namespace mim::main
