// A connected socket as libmongoc's TLS wants to see it: reads never wait, writes wait until a moment that is
// set beforehand, whatever timeout libmongoc names.
#pragma once

#include <chrono>

#include <mongoc/mongoc.h>

#include "drivers/mongoc/dialing.hpp"

namespace mim::drivers::mongoc {

class SocketStream : public mongoc_stream_t {
  public:
    explicit SocketStream(Socket socket);

    [[nodiscard]] int descriptor() const { return socket_.descriptor(); }
    void write_until(std::chrono::steady_clock::time_point when) { write_until_ = when; }
    // Whether the other side has gone.
    [[nodiscard]] bool has_ended() const;

  private:
    static SocketStream& of(mongoc_stream_t* stream) { return *static_cast<SocketStream*>(stream); }
    ssize_t read(mongoc_iovec_t* parts, std::size_t count);
    ssize_t write(const mongoc_iovec_t* parts, std::size_t count);
    bool wait_to_write();

    Socket socket_;
    std::chrono::steady_clock::time_point write_until_{};
    int last_error_ = 0;
};

}  // namespace mim::drivers::mongoc
