#include "index/plan/fingerprint.hpp"

#include <algorithm>
#include <cstdint>

#include "base/ascii.hpp"
#include "index/definition/canonical_value.hpp"

namespace mim::index {
namespace {

// FNV-1a (Fowler, Noll, Vo) twice, from two offsets, with a final mixing (Stafford's variant 13) so that both
// halves depend on every byte.
class Hash {
  public:
    void text(std::string_view text) {
        number(text.size());  // so that "ab" + "c" is not "a" + "bc"
        for (const char byte : text) step(static_cast<unsigned char>(byte));
    }
    void number(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8) step(static_cast<unsigned char>(number >> shift));
    }
    [[nodiscard]] std::string hex() const { return hex_of(mixed(low_)) + hex_of(mixed(high_ ^ (low_ << 1))); }

  private:
    void step(unsigned char byte) {
        constexpr std::uint64_t prime = 0x100000001b3;
        low_ = (low_ ^ byte) * prime;
        high_ = (high_ ^ static_cast<unsigned char>(byte + 0x5b)) * prime;
    }
    static std::uint64_t mixed(std::uint64_t bits) {
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
        return bits ^ (bits >> 31);
    }
    static std::string hex_of(std::uint64_t bits) {
        std::string text;
        for (int shift = 60; shift >= 0; shift -= 4) text += ascii::hex_digits[(bits >> shift) & 15];
        return text;
    }

    std::uint64_t low_ = 0xcbf29ce484222325, high_ = 0x6c62272e07bb0142;
};

void add(Hash& hash, const Canonical& canonical) {
    hash.text(canonical.name);
    hash.text(canonical.signature);
    hash.number(canonical.options.size());
    for (const auto& [option, value] : canonical.options) {
        hash.text(option);
        hash.text(value.text);
    }
}

void add(Hash& hash, const CollectionComparison& collection) {
    hash.text(collection.collection);
    hash.number(static_cast<std::uint64_t>(collection.traits.kind));
    hash.number(collection.live_count);
    if (collection.traits.shard_key) {
        std::string shard_key;
        append_document(shard_key, *collection.traits.shard_key);
        hash.text(shard_key);
    }
    hash.number(collection.missing.size());
    for (const Missing& one : collection.missing) add(hash, one.canonical);
    hash.number(collection.matched.size());
    for (const Matched& one : collection.matched) {
        add(hash, one.canonical);
        hash.text(one.live.spec.name);
    }
    hash.number(collection.redundant.size());
    for (const Redundant& one : collection.redundant) {
        add(hash, one.canonical);
        hash.number(one.unmanageable ? 1 : 0);  // which a finished build is no more
    }
    hash.number(collection.changed.size());
    for (const Changed& one : collection.changed) {
        add(hash, one.registry);
        add(hash, one.database);
    }
}

}  // namespace

std::string fingerprint_of(const std::vector<CollectionComparison>& comparisons, const PlanOptions& options) {
    Hash hash;
    hash.text("plan 2");  // the version of this recipe
    for (const int choice : {static_cast<int>(options.missing), static_cast<int>(options.extra),
                             static_cast<int>(options.changed), static_cast<int>(options.drop_mode),
                             options.version.major, options.version.minor}) {
        hash.number(static_cast<std::uint64_t>(choice));
    }
    std::vector<const CollectionComparison*> sorted;
    for (const CollectionComparison& one : comparisons) sorted.push_back(&one);
    std::sort(sorted.begin(), sorted.end(),
              [](const CollectionComparison* left, const CollectionComparison* right) {
                  return left->collection < right->collection;
              });
    for (const CollectionComparison* one : sorted) add(hash, *one);
    return hash.hex();
}

}  // namespace mim::index
