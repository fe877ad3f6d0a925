#include "drivers/redis/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace mim::redis {
namespace {

Error tls_failed(const std::string& why) {
    return {ErrorCode::not_ready, "TLS with Redis failed: " + why};
}

// By OpenSSL's codes, since its words are others in another version.
std::string last_words() {
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "the connection broke";
    if (ERR_GET_LIB(code) == ERR_LIB_SSL) {
        switch (ERR_GET_REASON(code)) {
            case SSL_R_CERTIFICATE_VERIFY_FAILED:
                return "its certificate is not trusted, is out of date or is for another name";
            case SSL_R_WRONG_VERSION_NUMBER:
                return "what answers there does not speak TLS";
            case SSL_R_UNEXPECTED_EOF_WHILE_READING:
                return "the connection broke";
            default:
                break;
        }
    }
    const char* const reason = ERR_reason_error_string(code);
    return "it was not agreed on (OpenSSL: " + std::string(reason != nullptr ? reason : "no reason") + ")";
}

// The name that the certificate must be for: an IP address is compared as such.
bool expect_name(SSL* session, const std::string& host) {
    if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host.c_str()) == 1) return true;
    ERR_clear_error();
    return SSL_set1_host(session, host.c_str()) == 1 && SSL_set_tlsext_host_name(session, host.c_str()) == 1;
}

}  // namespace

void TlsSession::Free::operator()(SSL* session) const {
    SSL_free(session);
}
void TlsSession::Free::operator()(SSL_CTX* context) const {
    SSL_CTX_free(context);
}

Result<TlsSession::Context> TlsSession::context_for(const Address& address) {
    Context context(SSL_CTX_new(TLS_client_method()));
    if (!context) return tls_failed(last_words());
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    const int trusted = address.ca_file.empty()
                            ? SSL_CTX_set_default_verify_paths(context.get())
                            : SSL_CTX_load_verify_file(context.get(), address.ca_file.c_str());
    if (trusted != 1) return tls_failed("the file of trusted certificates cannot be read");
    return context;
}

// OpenSSL says what it waits for; it may want to read in order to write.
template <class Call>
Result<std::size_t> TlsSession::repeat(Call call, Deadline deadline, const Alarm* alarm) {
    for (;;) {
        ERR_clear_error();
        const int result = call();
        if (result > 0) return static_cast<std::size_t>(result);
        const int wish = SSL_get_error(session_.get(), result);
        if (wish != SSL_ERROR_WANT_READ && wish != SSL_ERROR_WANT_WRITE) return tls_failed(last_words());
        const auto what = wish == SSL_ERROR_WANT_READ ? Socket::For::reading : Socket::For::writing;
        MIM_CHECK(socket_->wait(what, deadline, alarm));
    }
}

Result<TlsSession> TlsSession::open(const Address& address, const Socket& socket, Deadline deadline) {
    MIM_TRY(context, context_for(address));
    std::unique_ptr<SSL, Free> session(SSL_new(context.get()));
    if (!session || SSL_set_fd(session.get(), socket.descriptor()) != 1 ||
        !expect_name(session.get(), address.host))
        return tls_failed(last_words());
    TlsSession opened(std::move(context), std::move(session), socket);
    MIM_CHECK(opened.repeat([&] { return SSL_connect(opened.session_.get()); }, deadline, nullptr));
    return opened;
}

Done TlsSession::write(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        MIM_TRY(
            written,
            repeat([&] { return SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())); },
                   deadline, nullptr));
        bytes.remove_prefix(written);
    }
    return {};
}

Result<std::size_t> TlsSession::read(char* buffer, std::size_t size, Deadline deadline, const Alarm* alarm) {
    return repeat([&] { return SSL_read(session_.get(), buffer, static_cast<int>(size)); }, deadline, alarm);
}

}  // namespace mim::redis
