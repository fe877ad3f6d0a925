// One signed-in connection to Redis. Not thread-safe; blocks up to the deadlines given.
#pragma once

#include <memory>
#include <optional>

#include "drivers/redis/address.hpp"
#include "drivers/redis/reply.hpp"
#include "drivers/redis/tls.hpp"

namespace mim::redis {

class Connection {
  public:
    // Connects, signs in, chooses the database. not_ready; also when Redis refuses the user or the database.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const Address& address, Deadline deadline);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Sends one command and reads its reply, which may be an error of Redis's. After an Error of ours
    // (not_ready; cancelled: the alarm rang) it is not known what Redis did, and the connection must go.
    [[nodiscard]] Result<Reply> run(const std::vector<std::string>& arguments, Deadline deadline,
                                    const Alarm* alarm = nullptr);
    // Whether the server still keeps it, as far as one can see without asking.
    [[nodiscard]] bool usable() const { return socket_.quiet(); }

  private:
    explicit Connection(Socket socket) : socket_(std::move(socket)) {}
    Done sign_in(const Address& address, Deadline deadline);
    Done write(std::string_view bytes, Deadline deadline);
    Result<std::size_t> read(char* buffer, std::size_t size, Deadline deadline, const Alarm* alarm);

    Socket socket_;
    std::optional<TlsSession> tls_;
    ReplyReader reader_;
};

}  // namespace mim::redis
