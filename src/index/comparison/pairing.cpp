#include "index/comparison/pairing.hpp"

#include <string_view>
#include <unordered_map>

namespace mim::index {
namespace {

using Positions = std::unordered_map<std::string_view, std::vector<std::size_t>>;

class Pairer {
  public:
    Pairer(const std::vector<DesiredEntry>& desired, const std::vector<LiveEntry>& live)
        : desired_(desired), live_(live) {
        result_.partner.resize(desired.size());
        result_.claimed.resize(live.size(), 0);
        for (std::size_t at = 0; at < live.size(); ++at) {
            by_signature_[live[at].canonical.signature].push_back(at);
            by_name_[live[at].canonical.name].push_back(at);
        }
    }

    Pairing run() {
        for (std::size_t at = 0; at < desired_.size(); ++at) claim_same(at);
        for (std::size_t at = 0; at < desired_.size(); ++at)
            claim(at, by_signature_, canonical(at).signature);
        for (std::size_t at = 0; at < desired_.size(); ++at) claim(at, by_name_, canonical(at).name);
        return std::move(result_);
    }

  private:
    const Canonical& canonical(std::size_t at) const { return desired_[at].canonical; }

    // Identity and name at once: so that of two live indexes with one identity each keeps its own definition.
    void claim_same(std::size_t at) {
        const auto found = by_signature_.find(canonical(at).signature);
        if (found == by_signature_.end()) return;
        for (const std::size_t candidate : found->second) {
            if (live_[candidate].canonical.name == canonical(at).name && take(at, candidate)) return;
        }
    }

    void claim(std::size_t at, const Positions& positions, std::string_view what) {
        if (result_.partner[at]) return;
        const auto found = positions.find(what);
        if (found == positions.end()) return;
        for (const std::size_t candidate : found->second) {
            if (take(at, candidate)) return;
        }
    }

    bool take(std::size_t at, std::size_t candidate) {
        if (result_.claimed[candidate]) return false;
        result_.claimed[candidate] = 1;
        result_.partner[at] = candidate;
        return true;
    }

    const std::vector<DesiredEntry>& desired_;
    const std::vector<LiveEntry>& live_;
    Positions by_signature_, by_name_;
    Pairing result_;
};

}  // namespace

Pairing pair_up(const std::vector<DesiredEntry>& desired, const std::vector<LiveEntry>& live) {
    return Pairer(desired, live).run();
}

}  // namespace mim::index
