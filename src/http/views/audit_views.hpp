// How API keys and the audit log look in an answer.
#pragma once

#include "app/api_keys.hpp"
#include "app/model/audit.hpp"
#include "http/json_writer.hpp"

namespace mim::http {

// The fields of an object that the caller opened; neither the key nor its hash is among them.
void write_api_key_fields(JsonWriter& json, const app::ApiKey& key);
void write_api_key(JsonWriter& json, const app::OwnedApiKey& owned);
void write_audit_entry(JsonWriter& json, const app::AuditEntry& entry);

}  // namespace mim::http
