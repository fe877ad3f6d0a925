#include "base/nearest_name.hpp"

#include <algorithm>
#include <numeric>

namespace mim {
namespace {

// How many letters must be put in, taken out, exchanged for another or swapped with their neighbour.
std::size_t slips_between(const std::string& from, const std::string& to) {
    std::vector<std::size_t> before(to.size() + 1);
    std::vector<std::size_t> last(to.size() + 1);
    std::vector<std::size_t> now(to.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t exchanged = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, exchanged});
            const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(now);
    }
    return last[to.size()];
}

}  // namespace

std::string nearest_name(const std::string& written, const std::vector<std::string>& known) {
    std::string nearest;
    // A third of the letters may be wrong, three at most: beyond that it is another word.
    std::size_t fewest = std::clamp<std::size_t>(written.size() / 3, 1, 3) + 1;
    for (const auto& name : known) {
        const std::size_t slips = slips_between(written, name);
        if (slips >= fewest) continue;
        fewest = slips;
        nearest = name;
    }
    return nearest;
}

std::string suggestion(const std::string& written, const std::vector<std::string>& known) {
    const std::string nearest = nearest_name(written, known);
    return nearest.empty() ? "" : "; did you mean " + nearest + "?";
}

}  // namespace mim
