#include "app/model/audit_document.hpp"

#include "bson/builder.hpp"

namespace mim::app {
namespace {

std::optional<Role> audited_role(std::string_view text) {
    for (const auto role : {Role::admin, Role::editor, Role::viewer}) {
        if (to_string(role) == text) return role;
    }
    return std::nullopt;
}

void add_entry_text(bson::Builder& into, std::string_view key, const std::string& text) {
    if (!text.empty()) into.add(key, text);
}
template <class IdType>
void add_entry_id(bson::Builder& into, std::string_view key, const std::optional<IdType>& id) {
    if (id) into.add(key, id->text());
}

std::string entry_text(bson::DocumentView stored, std::string_view key) {
    const auto found = stored.find(key);
    return std::string(found ? found->string().value_or("") : std::string_view());
}
Timestamp entry_time(bson::DocumentView stored, std::string_view key) {
    const auto found = stored.find(key);
    const auto ticks = found ? found->integer() : std::nullopt;
    return Timestamp{std::chrono::milliseconds{ticks.value_or(0)}};
}

}  // namespace

bson::Document to_document(const AuditEntry& entry) {
    bson::Builder into;
    into.add("id", entry.id.text()).add("at", std::int64_t{entry.at.time_since_epoch().count()});
    into.add("began_at", std::int64_t{entry.began_at.time_since_epoch().count()});
    into.add("action", entry.action).add("outcome", to_string(entry.outcome));
    add_entry_text(into, "error", entry.error);
    add_entry_id(into, "user", entry.actor.user);
    add_entry_text(into, "username", entry.actor.username);
    if (entry.actor.role) into.add("role", to_string(*entry.actor.role));
    add_entry_id(into, "key", entry.actor.key);
    add_entry_text(into, "key_prefix", entry.actor.key_prefix);
    add_entry_text(into, "address", entry.address);
    add_entry_text(into, "request_id", entry.request_id);
    add_entry_id(into, "database", entry.database);
    add_entry_text(into, "subject", entry.subject);
    add_entry_text(into, "before", entry.before);
    add_entry_text(into, "after", entry.after);
    return into.take();
}

std::optional<AuditEntry> audit_entry_of(bson::DocumentView stored) {
    const auto id = AuditEntryId::parse(entry_text(stored, "id"));
    const auto outcome = parse_audit_outcome(entry_text(stored, "outcome"));
    if (!id || !outcome) return std::nullopt;
    return AuditEntry{.id = *id,
                      .at = entry_time(stored, "at"),
                      .began_at = entry_time(stored, "began_at"),
                      .action = entry_text(stored, "action"),
                      .outcome = *outcome,
                      .error = entry_text(stored, "error"),
                      .actor = {.user = UserId::parse(entry_text(stored, "user")),
                                .username = entry_text(stored, "username"),
                                .role = audited_role(entry_text(stored, "role")),
                                .key = ApiKeyId::parse(entry_text(stored, "key")),
                                .key_prefix = entry_text(stored, "key_prefix")},
                      .address = entry_text(stored, "address"),
                      .request_id = entry_text(stored, "request_id"),
                      .database = DatabaseId::parse(entry_text(stored, "database")),
                      .subject = entry_text(stored, "subject"),
                      .before = entry_text(stored, "before"),
                      .after = entry_text(stored, "after")};
}

}  // namespace mim::app
