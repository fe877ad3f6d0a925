#include "drivers/redis/alarm.hpp"

#include <cerrno>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace mim::redis {

Alarm::Alarm() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Alarm::~Alarm() {
    close(descriptor_);
}

void Alarm::ring() {
    eventfd_write(descriptor_, 1);
}

bool Alarm::rung() const {
    pollfd one{descriptor_, POLLIN, 0};
    return poll(&one, 1, 0) > 0;
}

void Alarm::wait(std::chrono::milliseconds span) const {
    pollfd one{descriptor_, POLLIN, 0};
    poll(&one, 1, static_cast<int>(span.count()));
}

}  // namespace mim::redis
