#include "bson/elements.hpp"
#include "index/definition/key_pattern.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int ttl_beside_encryption = 6346501;
constexpr int index_on_what_is_encrypted = 6346502;

// As they stand in the options of the collection, which a server has checked.
std::vector<std::string_view> encrypted_paths(bson::DocumentView options) {
    std::vector<std::string_view> paths;
    const auto encrypted = options.find("encryptedFields");
    const auto object = encrypted ? encrypted->document() : std::nullopt;
    const auto fields = object ? object->find("fields") : std::nullopt;
    if (!fields) return paths;
    for (const auto field : bson::elements(*fields)) {
        const auto one = field.document();
        const auto path = one ? one->find("path") : std::nullopt;
        if (path && path->string()) paths.push_back(*path->string());
    }
    return paths;
}

bool touches(std::string_view field, std::string_view path) {
    return is_or_lies_under(field, path) || is_or_lies_under(path, field);
}

}  // namespace

// Source: mongo src/mongo/db/commands/create_indexes.cpp (encrypted collections); semantics section 8.
Verdict check_encrypted(const Candidate& candidate) {
    const bson::Document& options = candidate.context.collection.options;
    if (!options.contains("encryptedFields")) return std::nullopt;
    if (candidate.option("expireAfterSeconds")) {
        return refuse(ttl_beside_encryption, "expireAfterSeconds",
                      "An encrypted collection cannot expire documents: leave 'expireAfterSeconds' out.");
    }
    for (const std::string_view path : encrypted_paths(options)) {
        for (const auto field : candidate.key) {
            if (touches(field.key(), path))
                return refuse(index_on_what_is_encrypted, "key." + std::string(field.key()),
                              "The field " + in_quotes(path) +
                                  " is encrypted: neither it nor what is above or below can be indexed.");
        }
    }
    return std::nullopt;
}

}  // namespace mim::index
