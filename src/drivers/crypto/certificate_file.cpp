#include "drivers/crypto/certificate_file.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace mim::drivers::crypto {
namespace {

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

// The end of the file and a file without any look alike: no line that begins something.
bool at_end() {
    return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

}  // namespace

Done check_certificates(const std::filesystem::path& file) {
    ERR_clear_error();
    errno = 0;
    const std::unique_ptr<BIO, FreeBio> bio(BIO_new_file(file.c_str(), "r"));
    const auto refused = [&file](const std::string& reason) {
        ERR_clear_error();
        return Error(ErrorCode::invalid_input, file.string() + " " + reason);
    };
    if (!bio) return refused(std::string("cannot be read: ") + std::strerror(errno));
    int found = 0;
    while (Certificate(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr))) ++found;
    if (!at_end()) return refused("holds a certificate that is damaged");
    if (found == 0) return refused("holds no certificate in PEM");
    ERR_clear_error();
    return {};
}

}  // namespace mim::drivers::crypto
