// An API key, as it is stored.
#pragma once

#include "app/model/api_key.hpp"
#include "store/descriptions/choices.hpp"
#include "store/descriptions/columns.hpp"

#define MIM_API_KEY_COLUMNS \
    "id, owner, created_at, name, prefix, secret_hash, scope, databases, expires_at, last_used_at"
#define MIM_API_KEY_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10"

namespace mim::store {

template <>
struct KeptAsWord<app::KeyScope> : OwnWords<app::parse_key_scope> {
    static constexpr std::string_view what = "an API key";
};

template <>
struct Description<app::ApiKey> {
    using Key = app::ApiKey;
    static constexpr std::string_view what = "an API key";
    [[nodiscard]] static Key blank() {
        return {.id = id_to_be_read<ApiKeyId>(), .owner = id_to_be_read<UserId>()};
    }
    static constexpr auto fields = std::tuple{field("id", &Key::id).as_in_mongodb("_id"),
                                              field("owner", &Key::owner),
                                              field("created_at", &Key::created_at),
                                              field("name", &Key::name),
                                              field("prefix", &Key::prefix),
                                              field("secret_hash", &Key::secret_hash),
                                              field("scope", &Key::scope),
                                              field("databases", &Key::databases),
                                              field("expires_at", &Key::expires_at),
                                              field("last_used_at", &Key::last_used_at)};
};
static_assert(are_columns<app::ApiKey>(MIM_API_KEY_COLUMNS));
static_assert(are_values<app::ApiKey>(MIM_API_KEY_VALUES));

}  // namespace mim::store
