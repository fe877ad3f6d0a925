#include "app/sync_run/registry_batch.hpp"

#include <set>
#include <tuple>

#include "app/definition_identity.hpp"
#include "app/earlier_meaning.hpp"

namespace mim::app {
namespace {

constexpr const char* edited = "its definition was changed meanwhile: compare again";
constexpr const char* removed = "its definition was removed meanwhile: compare again";

// What the store keeps unique, to find a collision before the store does.
class Taken {
  public:
    // Why there is no room for `one`; empty when there is, and then it is in.
    std::string enter(const Definition& one) {
        if (!names_.emplace(one.collection, one.spec.name).second) {
            return "the registry has another definition with this name";
        }
        if (!signatures_.emplace(one.collection, one.signature).second) {
            return "the registry has the same index under another name";
        }
        return {};
    }

  private:
    using Keys = std::set<std::pair<std::string, std::string>>;
    Keys names_, signatures_;
};

class Batch {
  public:
    Batch(const DatabaseId& database, const std::vector<const index::Operation*>& operations,
          const std::vector<Definition>& definitions, Timestamp now)
        : database_(database), operations_(operations), definitions_(definitions), now_(now) {}

    RegistryBatch run() {
        for (const Definition& definition : definitions_) by_id_.emplace(definition.id, &definition);
        while (!attempt()) {
        }
        return std::move(batch_);
    }

  private:
    // Each attempt leaves out what the one before refused; a refused change may put its old definition back
    // in the way of another, so it is asked again until all fit.
    bool attempt() {
        batch_.changes = {};
        std::vector<std::pair<std::size_t, Definition>> additions;
        std::set<DefinitionId> gone;
        for (std::size_t at = 0; at < operations_.size(); ++at) {
            if (!batch_.refusals.contains(at)) prepare(at, additions, gone);
        }
        Taken taken;
        for (const Definition& definition : definitions_) {
            if (!gone.contains(definition.id)) static_cast<void>(taken.enter(definition));
        }
        bool all_fit = true;
        for (auto& [at, definition] : additions) {
            std::string refusal = taken.enter(definition);
            if (refusal.empty()) {
                batch_.changes.creations.push_back(std::move(definition));
                continue;
            }
            batch_.refusals.emplace(at, std::move(refusal));
            all_fit = false;
        }
        batch_.changes.removals.assign(gone.begin(), gone.end());
        for (const DefinitionId& id : gone) batch_.changes.expected.push_back(*by_id_.at(id));
        return all_fit;
    }

    void prepare(std::size_t at, std::vector<std::pair<std::size_t, Definition>>& additions,
                 std::set<DefinitionId>& gone) {
        const index::Operation& operation = *operations_[at];
        if (operation.action == index::Action::define) {
            additions.emplace_back(at,
                                   make_definition(database_, operation.collection, operation.spec, now_));
            return;
        }
        const auto found = by_id_.find(*operation.definition);
        const bool forgets = operation.action == index::Action::forget;
        if (found == by_id_.end()) {
            if (!forgets) batch_.refusals.emplace(at, removed);
            return;
        }
        const index::Spec& expected = forgets ? operation.spec : *operation.before;
        if (found->second->spec != expected && earlier_meaning(*found->second) != expected) {
            batch_.refusals.emplace(at, edited);
            return;
        }
        gone.insert(found->first);
        if (forgets) return;
        // Out and in again under its id: so two definitions may take each other's names.
        Definition changed = *found->second;
        replace_spec(changed, operation.spec, now_);
        additions.emplace_back(at, std::move(changed));
    }

    const DatabaseId& database_;
    const std::vector<const index::Operation*>& operations_;
    const std::vector<Definition>& definitions_;
    const Timestamp now_;
    std::map<DefinitionId, const Definition*> by_id_;
    RegistryBatch batch_;
};

}  // namespace

RegistryBatch make_registry_batch(const DatabaseId& database,
                                  const std::vector<const index::Operation*>& operations,
                                  const std::vector<Definition>& definitions, Timestamp now) {
    return Batch(database, operations, definitions, now).run();
}

}  // namespace mim::app
