#include "store/mongodb/invite_documents.hpp"

namespace mim::store::mongodb {

Result<app::Invite> read_invite(bson::DocumentView document) {
    Reader reader(document);
    auto id = reader.id<InviteId>("_id");
    app::Invite invite{.id = std::move(id), .created_by = reader.id<UserId>("created_by")};
    invite.created_at = reader.time("created_at");
    invite.expires_at = reader.time("expires_at");
    invite.prefix = reader.text("prefix");
    invite.token_hash = reader.text("token_hash");
    invite.role = reader.must(app::parse_role(reader.text("role")));
    invite.email = reader.optional_text("email");
    invite.used_at = reader.optional_time("used_at");
    invite.used_by = reader.optional_id<UserId>("used_by");
    invite.revoked_at = reader.optional_time("revoked_at");
    MIM_CHECK(reader.whole("an invite"));
    return invite;
}

bson::Document to_document(const app::Invite& invite) {
    return fields("_id", invite.id, "created_at", invite.created_at, "expires_at", invite.expires_at,
                  "created_by", invite.created_by, "prefix", invite.prefix, "token_hash", invite.token_hash,
                  "role", app::to_string(invite.role), "email", invite.email, "used_at", invite.used_at,
                  "used_by", invite.used_by, "revoked_at", invite.revoked_at);
}

}  // namespace mim::store::mongodb
