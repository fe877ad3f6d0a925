#include "drivers/redis/client.hpp"

namespace mim::redis {

Result<std::unique_ptr<Connection>> Client::take() {
    {
        std::vector<std::unique_ptr<Connection>> broken;  // closed when the lock is free
        const std::lock_guard guard(mutex_);
        while (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            if (connection->usable()) return connection;
            broken.push_back(std::move(connection));
        }
    }
    return Connection::open(settings_.address, Deadline::after(settings_.connect_span));
}

void Client::keep(std::unique_ptr<Connection> connection) {
    const std::lock_guard guard(mutex_);
    if (idle_.size() < settings_.most_idle) idle_.push_back(std::move(connection));
}

Result<Reply> Client::run(const std::vector<std::string>& arguments, std::chrono::milliseconds span,
                          const Alarm* alarm) {
    MIM_TRY(connection, take());
    MIM_TRY(reply, connection->run(arguments, Deadline::after(span), alarm));
    // A server that starts, or that became a replica, may be another one at the next connection.
    if (!reply.is_error("LOADING") && !reply.is_error("READONLY")) keep(std::move(connection));
    return reply;
}

Result<Reply> Client::run(const std::vector<std::string>& arguments) {
    return run(arguments, settings_.command_span, nullptr);
}

Result<Reply> Client::run_waiting(const std::vector<std::string>& arguments, std::chrono::milliseconds span,
                                  const Alarm& alarm) {
    return run(arguments, span + settings_.command_span, &alarm);
}

}  // namespace mim::redis
