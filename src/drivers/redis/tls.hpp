// TLS over a connected socket: 1.2 or newer, the server's certificate and its name always checked. Not
// thread-safe. Errors as of Socket.
#pragma once

#include <memory>

#include "drivers/redis/address.hpp"
#include "drivers/redis/socket.hpp"

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace mim::redis {

class TlsSession {
  public:
    // Shakes hands. `socket` must outlive the session.
    [[nodiscard]] static Result<TlsSession> open(const Address& address, const Socket& socket,
                                                 Deadline deadline);
    [[nodiscard]] Done write(std::string_view bytes, Deadline deadline);
    // At least one byte.
    [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size, Deadline deadline,
                                           const Alarm* alarm);

  private:
    struct Free {
        void operator()(SSL* session) const;
        void operator()(SSL_CTX* context) const;
    };
    using Context = std::unique_ptr<SSL_CTX, Free>;
    TlsSession(Context context, std::unique_ptr<SSL, Free> session, const Socket& socket)
        : context_(std::move(context)), session_(std::move(session)), socket_(&socket) {}
    static Result<Context> context_for(const Address& address);
    template <class Call>
    Result<std::size_t> repeat(Call call, Deadline deadline, const Alarm* alarm);

    Context context_;
    std::unique_ptr<SSL, Free> session_;
    const Socket* socket_;
};

}  // namespace mim::redis
