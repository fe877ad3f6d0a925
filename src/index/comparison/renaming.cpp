#include "index/comparison/renaming.hpp"

#include <string_view>
#include <unordered_map>

namespace mim::index {
namespace {

bool differs(const DesiredEntry& desired, const std::vector<LiveEntry>& live,
             std::optional<std::size_t> partner) {
    return partner && live[*partner].canonical.name != desired.canonical.name;
}

// A definition that is built takes its name; whoever lives under it must give it up and be built itself, and
// so on.
void spread_needs(const std::vector<DesiredEntry>& desired,
                  const std::unordered_map<std::string_view, std::size_t>& holders,
                  const std::vector<char>& builds, std::vector<Renaming>& result) {
    std::vector<std::size_t> waiting;
    for (std::size_t at = 0; at < desired.size(); ++at) {
        if (builds[at]) waiting.push_back(at);
    }
    while (!waiting.empty()) {
        const std::size_t builder = waiting.back();
        waiting.pop_back();
        const auto holder = holders.find(desired[builder].canonical.name);
        if (holder == holders.end() || result[holder->second] != Renaming::keep) continue;
        result[holder->second] = Renaming::needed;
        if (!builds[holder->second]) waiting.push_back(holder->second);
    }
}

}  // namespace

std::vector<Renaming> renamings(const std::vector<DesiredEntry>& desired, const std::vector<LiveEntry>& live,
                                const Pairing& pairing, const std::vector<char>& builds, NamePolicy policy) {
    std::vector<Renaming> result(desired.size(), Renaming::keep);
    std::unordered_map<std::string_view, std::size_t>
        holders;  // live name -> the definition of another name that has it
    for (std::size_t at = 0; at < desired.size(); ++at) {
        if (!differs(desired[at], live, pairing.partner[at])) continue;
        if (policy == NamePolicy::strict) {
            result[at] = Renaming::wanted;
        } else {
            holders.emplace(live[*pairing.partner[at]].canonical.name, at);
        }
    }
    spread_needs(desired, holders, builds, result);
    return result;
}

}  // namespace mim::index
