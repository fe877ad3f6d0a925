#include "drivers/mongoc/tls_options.hpp"

namespace mim::drivers::mongoc {
namespace {

// What libmongoc keeps behind mongoc_ssl_opt_t::internal, the same from 1.17 to 1.30. The one way to tell it
// not to ask the server that a certificate names: that one may be anywhere, and the target policy would not
// be asked. What a server staples to its certificate is judged as before.
struct RevocationChecks {
    bool disabled;
    bool never_ask_elsewhere;
};

const char* or_null(const std::string& text) {
    return text.empty() ? nullptr : text.c_str();
}

}  // namespace

std::optional<TlsOptions> TlsOptions::of(const mongoc_uri_t* uri) {
    if (!mongoc_uri_get_tls(uri)) return std::nullopt;
    const auto text = [&](const char* option) {
        const char* const value = mongoc_uri_get_option_as_utf8(uri, option, nullptr);
        return std::string(value == nullptr ? "" : value);
    };
    const auto waived = [&](const char* option, bool otherwise) {
        return mongoc_uri_get_option_as_bool(uri, option, otherwise) ? Check::waived : Check::required;
    };
    const bool insecure = mongoc_uri_get_option_as_bool(uri, MONGOC_URI_TLSINSECURE, false);
    TlsOptions options;
    options.key_file_ = text(MONGOC_URI_TLSCERTIFICATEKEYFILE);
    options.key_password_ = text(MONGOC_URI_TLSCERTIFICATEKEYFILEPASSWORD);
    options.ca_file_ = text(MONGOC_URI_TLSCAFILE);
    options.certificate_ = waived(MONGOC_URI_TLSALLOWINVALIDCERTIFICATES, insecure);
    options.host_name_ = waived(MONGOC_URI_TLSALLOWINVALIDHOSTNAMES, insecure);
    options.revocation_ = waived(MONGOC_URI_TLSDISABLECERTIFICATEREVOCATIONCHECK, false);
    return options;
}

mongoc_stream_t* TlsOptions::wrap(mongoc_stream_t* below, const std::string& host) const {
    // They outlive every stream, which may keep a pointer.
    static RevocationChecks judged{false, true};
    static RevocationChecks waived{true, true};
    mongoc_ssl_opt_t options{};
    options.pem_file = or_null(key_file_);
    options.pem_pwd = or_null(key_password_);
    options.ca_file = or_null(ca_file_);
    options.weak_cert_validation = certificate_ == Check::waived;
    options.allow_invalid_hostname = host_name_ == Check::waived;
    options.internal = revocation_ == Check::waived ? &waived : &judged;
    mongoc_stream_t* const wrapped = mongoc_stream_tls_new_with_hostname(below, host.c_str(), &options, 1);
    if (wrapped == nullptr) mongoc_stream_destroy(below);
    return wrapped;
}

}  // namespace mim::drivers::mongoc
