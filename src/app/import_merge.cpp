#include "app/import_merge.hpp"

#include <algorithm>
#include <map>

#include "app/definition_identity.hpp"
#include "app/earlier_meaning.hpp"
#include "index/canonical/canonical.hpp"
#include "index/comparison/manageable.hpp"
#include "index/comparison/ownership.hpp"
#include "index/definition/stored_form.hpp"

namespace mim::app {
namespace {

struct Entry {
    Definition definition;
    bool settled = false;  // from this import, or equal to a live index: nothing may take its place
};

enum class Collision { none, name, identity };

Collision collision(const Definition& stored, const Definition& wanted) {
    if (stored.spec.name == wanted.spec.name) return Collision::name;
    if (is_same_index(stored, wanted)) return Collision::identity;
    return Collision::none;
}

std::string words(Collision why, const Definition& other) {
    return why == Collision::name ? "the registry has a definition with this name"
                                  : "the registry has the same index as " + other.spec.name;
}

class Merge {
  public:
    Merge(const MergeInput& input, Imports::Prepared& prepared)
        : input_(input), prepared_(prepared), rules_{input.version, input.live.traits} {
        for (const Definition& definition : input.existing) entries_.push_back({definition});
    }

    void run() {
        std::vector<Definition> wanted = candidates();
        std::erase_if(wanted, [this](const Definition& one) { return is_there_already(one); });
        for (Definition& one : wanted) take(std::move(one));
    }

  private:
    void leave_out(const std::string& name, std::string reason) {
        ++prepared_.report.skipped_count;
        prepared_.report.skipped.push_back({input_.live.name, name, std::move(reason)});
    }

    std::vector<Definition> candidates() {
        for (const index::UnreadableIndex& one : input_.live.unreadable_indexes)
            leave_out(one.name, "this index cannot be read: " + one.reason);
        std::vector<Definition> found;
        for (const index::LiveIndex& live : input_.live.indexes) {
            if (index::is_id(live.spec)) continue;
            if (index::is_server_owned(live.spec, input_.live.traits)) {
                leave_out(live.spec.name, "MongoDB made this index and keeps it by itself");
            } else if (live.state == index::LiveIndex::State::building) {
                leave_out(live.spec.name, "this index is still being built: import again when it is ready");
            } else if (auto why = index::why_not_built_again(live.spec, rules_)) {
                leave_out(live.spec.name, std::move(*why));
            } else {
                found.push_back(made_of(index::user_form(live.spec, rules_)));
            }
        }
        tell_twins_apart(found);
        std::sort(found.begin(), found.end(),
                  [](const Definition& a, const Definition& b) { return a.spec.name < b.spec.name; });
        return found;
    }

    Definition made_of(index::Spec spec) const {
        return make_definition(input_.database, input_.live.name, std::move(spec), input_.now);
    }

    // An index with the collection's default collation and one with the simple collation look alike where
    // nobody knows the default: the registry. The first of them then says its collation aloud.
    void tell_twins_apart(std::vector<Definition>& found) const {
        if (!rules_.collection.default_collation()) return;
        std::map<std::string, int> seen;
        for (const Definition& one : found) ++seen[one.signature];
        for (Definition& one : found) {
            if (seen[one.signature] < 2 || one.spec.options.contains("collation")) continue;
            for (const index::LiveIndex& live : input_.live.indexes) {
                if (live.spec.name == one.spec.name) one = made_of(index::user_form(live.spec));
            }
        }
    }

    // Before anything is replaced, so that no definition that is right already is lost to another index.
    bool is_there_already(const Definition& one) {
        for (Entry& entry : entries_) {
            if (entry.definition.spec.name != one.spec.name) continue;
            const auto meant = meant_beside(input_.live, entry.definition, input_.version);
            const auto theirs = index::canonicalise(meant, rules_);
            const auto ours = index::canonicalise(one.spec, rules_);
            if (theirs.signature != ours.signature || !index::differences(theirs, ours).empty()) continue;
            entry.settled = true;
            leave_out(one.spec.name, "the registry has this very index");
            return true;
        }
        return false;
    }

    void take(Definition one) {
        std::vector<std::size_t> rivals;
        for (std::size_t at = 0; at < entries_.size(); ++at) {
            const Collision why = collision(entries_[at].definition, one);
            if (why == Collision::none) continue;
            if (entries_[at].settled || input_.on_conflict == OnConflict::skip) {
                return leave_out(one.spec.name, words(why, entries_[at].definition));
            }
            rivals.push_back(at);
        }
        replace(rivals, one);
        ++prepared_.report.imported_count;
        prepared_.changes.creations.push_back(one);
        entries_.push_back({std::move(one), true});
    }

    // The first of those it replaces lives on in it: its id and the time of its creation stay.
    void replace(const std::vector<std::size_t>& rivals, Definition& one) {
        for (auto at = rivals.rbegin(); at != rivals.rend(); ++at) {
            const Definition& rival = entries_[*at].definition;
            prepared_.changes.removals.push_back(rival.id);
            prepared_.report.replaced.push_back(rival);
            one.id = rival.id;
            one.created_at = rival.created_at;
            entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(*at));
        }
    }

    const MergeInput& input_;
    Imports::Prepared& prepared_;
    index::RuleContext rules_;
    std::vector<Entry> entries_;
};

}  // namespace

void merge_collection(const MergeInput& input, Imports::Prepared& prepared) {
    Merge(input, prepared).run();
}

}  // namespace mim::app
