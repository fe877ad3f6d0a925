#include "main/store_copy_keys.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "main/secret_keys.hpp"
#include "main/store_place.hpp"
#include "store/uri_sealing.hpp"

namespace mim::main {
namespace {

using drivers::crypto::SealKey;
using drivers::crypto::SecretBox;
using std::filesystem::path;

constexpr std::size_t items_of_a_batch = 100;

// Keys, and where they come from: a file or the setting.
struct Keys {
    std::string origin;
    SecretBox box;
    bool open_any = false;
};

Result<Keys> read_keys(const SecretSettings& secrets, const path& folder) {
    ServeSettings settings;
    settings.data = folder;
    settings.secrets = secrets;
    MIM_TRY(keys, secret_keys(settings, AbsentKey::refuse));
    const bool as_text = !secrets.keys.empty();
    return Keys{as_text ? "--secret-keys" : secret_key_file(settings).string(), std::move(keys.box)};
}

// A store in MongoDB has no folder.
Done add_keys_beside(const Secret& store, std::vector<Keys>& all) {
    if (is_mongodb(store)) return {};
    const path folder = std::filesystem::absolute(path(store.reveal())).parent_path();
    if (!std::filesystem::exists(folder / own_secret_key_file)) return {};
    MIM_TRY(keys, read_keys({}, folder));
    all.push_back(std::move(keys));
    return {};
}

Result<std::vector<Keys>> keys_at_hand(const StoreCopySettings& settings) {
    std::vector<Keys> all;
    if (!settings.secrets.key_file.empty() || !settings.secrets.keys.empty()) {
        MIM_TRY(keys, read_keys(settings.secrets, {}));
        all.push_back(std::move(keys));
        return all;
    }
    MIM_CHECK(add_keys_beside(settings.from, all));
    MIM_CHECK(add_keys_beside(settings.to, all));
    return all;
}

// By the id of the key, how many connection strings are sealed by it.
using Sealed = std::map<std::string, std::int64_t>;

// Notes which of the keys open it.
void try_keys_on(const app::Database& database, std::vector<Keys>& all, Sealed& sealed) {
    const auto key = SecretBox::key_id_of(database.uri.reveal());
    if (!key) return;
    ++sealed[*key];
    const std::string place = store::place_of_uri(database.id);
    for (Keys& keys : all) keys.open_any = keys.open_any || keys.box.open(database.uri.reveal(), place);
}

const app::Database* database_in(const store::Item& item) {
    if (const auto* trash = std::get_if<store::ArchivedTrash>(&item))
        return trash->database ? &*trash->database : nullptr;
    return std::get_if<app::Database>(&item);
}

Done try_keys_on_all(store::Archive& archive, store::Kind kind, std::vector<Keys>& all, Sealed& sealed) {
    std::string after;
    for (;;) {
        MIM_TRY(items, archive.read(kind, after, items_of_a_batch));
        if (items.empty()) return {};
        for (const auto& item : items) {
            if (const auto* database = database_in(item)) try_keys_on(*database, all, sealed);
        }
        after = store::id_of(items.back());
    }
}

std::string strings_of(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " connection string needs" : " connection strings need");
}

std::string line_of(const std::string& id, std::int64_t count, const std::vector<Keys>& all) {
    std::string line = strings_of(count) + " the key " + id;
    for (const Keys& keys : all) {
        if (std::ranges::find(keys.box.keys(), id, &SealKey::id) != keys.box.keys().end())
            return line + ", which " + keys.origin + " holds: the copy needs the same\n";
    }
    if (all.empty()) return line + ": give the copy the key file of the source\n";
    return line + ", which neither store has: nobody can open them without it\n";
}

}  // namespace

Result<std::string> judge_keys_of_copy(const StoreCopySettings& settings, store::Archive& from) {
    MIM_TRY(all, keys_at_hand(settings));
    Sealed sealed;
    for (const auto kind : {store::Kind::databases, store::Kind::trash})
        MIM_CHECK(try_keys_on_all(from, kind, all, sealed));
    std::string lines;
    if (sealed.empty()) return lines;
    const auto wrong = std::ranges::find(all, false, &Keys::open_any);
    if (wrong != all.end()) {
        return Error(ErrorCode::store_failed,
                     "the keys of " + wrong->origin + " open none of the connection strings of the source: " +
                         "they are sealed by the key " + sealed.begin()->first +
                         ", so nothing was copied; put that key into it as a further line first");
    }
    for (const auto& [id, count] : sealed) lines += line_of(id, count, all);
    return lines;
}

}  // namespace mim::main
