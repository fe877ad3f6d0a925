#include "http/net/tls_contexts.hpp"

#include <array>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <system_error>

#include <boost/asio/ssl/context.hpp>

namespace mim::http {
namespace {

namespace ssl = boost::asio::ssl;
using TlsContext = TlsContexts::Context;

// Forward secret and authenticated, for TLS 1.2; those of 1.3 are all sound.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* groups = "X25519:P-256:P-384";

// HTTP/1.1 is all we speak. A client that names protocols, and not this one, is told so in the handshake.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void*) {
    static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* selected = nullptr;
    const int found =
        SSL_select_next_proto(&selected, length, ours.data(), ours.size(), offered, offered_length);
    *chosen = selected;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void harden(TlsContext& context) {
    SSL_CTX* raw = context.native_handle();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(raw, ciphers);
    SSL_CTX_set1_groups_list(raw, groups);
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                 SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);  // tickets resume sessions, and take no memory
    SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
}

Done readable(const char* setting, const std::string& file) {
    if (file.empty())
        return invalid_field(setting, "must be set too: a certificate and its key belong together");
    const std::ifstream stream(file);
    if (stream) return {};
    return invalid_field(setting, "cannot read " + file + ": " + std::generic_category().message(errno));
}

Done load_certificate(TlsContext& context, const std::string& file) {
    boost::system::error_code failure;
    context.use_certificate_chain_file(file, failure);
    if (!failure) return {};
    return invalid_field("--tls-certificate",
                         file + " holds no certificate in PEM (OpenSSL: " + failure.message() + ")");
}

bool is_mismatch(const boost::system::error_code& failure) {
    const auto packed = static_cast<unsigned long>(failure.value());
    return ERR_GET_LIB(packed) == ERR_LIB_X509 && ERR_GET_REASON(packed) == X509_R_KEY_VALUES_MISMATCH;
}

Done load_key(TlsContext& context, const std::string& file) {
    boost::system::error_code failure;
    // Without this OpenSSL would ask for a passphrase on the terminal.
    context.set_password_callback([](std::size_t, TlsContext::password_purpose) { return std::string(); },
                                  failure);
    context.use_private_key_file(file, TlsContext::pem, failure);
    const bool mismatch = SSL_CTX_check_private_key(context.native_handle()) != 1;
    if (!failure && !mismatch) return {};
    if (!failure || is_mismatch(failure))
        return invalid_field("--tls-key", file + " is not the key of the certificate");
    return invalid_field("--tls-key", file + " holds no private key in PEM without a passphrase (OpenSSL: " +
                                          failure.message() + ")");
}

Result<std::shared_ptr<TlsContext>> load(const TlsSettings& settings) {
    MIM_CHECK(readable("--tls-certificate", settings.certificate));
    MIM_CHECK(readable("--tls-key", settings.key));
    auto context = std::make_shared<TlsContext>(TlsContext::tls_server);
    harden(*context);
    MIM_CHECK(load_certificate(*context, settings.certificate));
    MIM_CHECK(load_key(*context, settings.key));
    return context;
}

std::string date_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return "?";
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

// What the certificate's dates say of today.
Done in_date(TlsContext& context, const std::string& file) {
    const X509* certificate = SSL_CTX_get0_certificate(context.native_handle());
    const ASN1_TIME* first = X509_get0_notBefore(certificate);
    const ASN1_TIME* last = X509_get0_notAfter(certificate);
    if (X509_cmp_current_time(last) < 0)
        return invalid_field("--tls-certificate", file + " expired on " + date_of(last));
    if (X509_cmp_current_time(first) > 0)
        return invalid_field("--tls-certificate", file + " is not valid before " + date_of(first));
    return {};
}

}  // namespace

TlsContexts::TlsContexts(TlsSettings settings, std::shared_ptr<Context> first, Logger& log)
    : settings_(std::move(settings)), log_(log), current_(std::move(first)) {}

Result<std::unique_ptr<TlsContexts>> TlsContexts::create(const TlsSettings& settings, Logger& log) {
    MIM_TRY(first, load(settings));
    if (const Done fresh = in_date(*first, settings.certificate); !fresh) {
        log.error("tls.certificate_out_of_date", {{"text", fresh.error().fields.front().reason}});
    }
    std::unique_ptr<TlsContexts> made(new TlsContexts(settings, first, log));
    made->tell_loaded(*first);
    return made;
}

Done TlsContexts::reload() {
    MIM_TRY(next, load(settings_));
    MIM_CHECK(in_date(*next, settings_.certificate));
    {
        const std::lock_guard lock(mutex_);
        current_ = next;
    }
    tell_loaded(*next);
    return {};
}

std::shared_ptr<TlsContexts::Context> TlsContexts::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

void TlsContexts::tell_loaded(TlsContext& context) const {
    const X509* certificate = SSL_CTX_get0_certificate(context.native_handle());
    log_.info("tls.certificate_loaded",
              {{"file", settings_.certificate}, {"valid_until", date_of(X509_get0_notAfter(certificate))}});
}

}  // namespace mim::http
