// One invite to its document and back.
#pragma once

#include "app/model/invite.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Result<app::Invite> read_invite(bson::DocumentView document);
[[nodiscard]] bson::Document to_document(const app::Invite& invite);

}  // namespace mim::store::mongodb
