#include "main/keys.hpp"

#include "identity/key_files.hpp"
#include "main/commands.hpp"
#include "main/doctor/examinations.hpp"
#include "store/uri_sealing.hpp"

namespace mim::main {
namespace {

namespace filesystem = std::filesystem;

bool others_may_read(const filesystem::path& file) {
    std::error_code failure;
    const auto mode = filesystem::status(file, failure).permissions();
    const auto others = filesystem::perms::group_all | filesystem::perms::others_all;
    return !failure && (mode & others) != filesystem::perms::none;
}

void warn_of_readers(Report& report, const std::string& subject, const filesystem::path& file) {
    if (!filesystem::exists(file) || !others_may_read(file)) return;
    report.warning(subject, file.string() + " may be read by others than its owner",
                   "chmod 600 " + file.string());
}

}  // namespace

void examine_token_keys(Report& report, const ServeSettings& settings) {
    const std::string subject = "token keys";
    const bool own = settings.private_key.empty() && settings.public_key.empty();
    const auto file = own ? settings.data / identity::private_key_file : settings.private_key;
    if (own && !filesystem::exists(file)) {
        report.warning(subject, "there are none yet; the first start makes them in " + settings.data.string(),
                       settings.store.empty() ? "start mim serve"
                                              : "make one pair for all servers: mim keygen --out FOLDER");
        return;
    }
    const auto keys = token_keys(settings, AbsentKey::refuse);
    if (!keys)
        return report.failure(subject, explain(keys.error()), "mim keygen --out FOLDER makes a new pair");
    report.ok(subject, "they are a pair, key id " + keys->pair.public_key.thumbprint());
    warn_of_readers(report, subject, file);
}

std::optional<SecretKeys> examine_secret_keys(Report& report, const ServeSettings& settings) {
    const std::string subject = "secret keys";
    const bool of_text = !settings.secrets.keys.empty();
    const bool own = settings.secrets.key_file.empty() && !of_text && settings.store.empty();
    if (own && !filesystem::exists(secret_key_file(settings))) {
        report.warning(subject,
                       "there are none yet; the first start makes " + secret_key_file(settings).string(),
                       "if this installation had one, put it back before you start mim");
        return std::nullopt;
    }
    auto keys = secret_keys(settings, AbsentKey::refuse);
    if (!keys) {
        report.failure(
            subject, explain(keys.error()),
            "put the key file back from where you keep it, or make one: mim keygen --secret-key FILE");
        return std::nullopt;
    }
    report.ok(subject, "the key " + keys->box.current_id() + " seals, and " +
                           std::to_string(keys->box.keys().size()) + " can open");
    if (!of_text) warn_of_readers(report, subject, secret_key_file(settings));
    return std::move(*keys);
}

void examine_seals(Report& report, OpenStore& store, const SecretKeys& keys) {
    const std::string subject = "connection strings";
    const auto count = store::count_seals(*store.uris);
    if (!count) return report.failure(subject, explain(count.error()), "see the lines about the store");
    const auto unreadable = store::unreadable_uris(*store.uris, keys.box);
    if (!unreadable)
        return report.failure(subject, explain(unreadable.error()), "see the lines about the store");
    for (const auto& each : *unreadable) {
        report.failure(subject, "that of database " + each.database.text() + ": " + each.error.message,
                       "add the missing key to the keys of this installation, or write the string anew");
    }
    const auto current = count->by_key.find(keys.box.current_id());
    const std::int64_t right = current == count->by_key.end() ? 0 : current->second;
    report.ok(subject, std::to_string(right) + " of " + std::to_string(count->all()) +
                           " are sealed by the current key");
    if (count->in_the_clear > 0)
        report.warning(subject, std::to_string(count->in_the_clear) + " are in the clear", "mim store rekey");
    const std::int64_t older = count->all() - right - count->in_the_clear;
    if (older > 0 && unreadable->empty())
        report.warning(subject, std::to_string(older) + " are sealed by an older key", "mim store rekey");
}

}  // namespace mim::main
