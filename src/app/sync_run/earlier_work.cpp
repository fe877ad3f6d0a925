#include "app/sync_run/earlier_work.hpp"

#include <algorithm>

namespace mim::app {
namespace {

bool is_hidden(const Observation& seen, const SyncRecord& record) {
    const index::LiveCollection* collection = seen.find(record.collection);
    if (collection == nullptr) return false;
    return std::any_of(collection->indexes.begin(), collection->indexes.end(),
                       [&](const index::LiveIndex& live) {
                           const auto hidden = live.spec.options.find("hidden");
                           return live.spec.name == record.index && hidden && hidden->truthy();
                       });
}

bool is_defined(const std::vector<Definition>& definitions, const SyncRecord& record,
                const index::Spec& spec) {
    return std::any_of(definitions.begin(), definitions.end(), [&](const Definition& definition) {
        return definition.collection == record.collection && definition.spec == spec;
    });
}

EarlierEnd when(bool took_effect) {
    return took_effect ? EarlierEnd::took_effect : EarlierEnd::no_effect;
}

}  // namespace

EarlierEnd end_of(const SyncRecord& record, const Observation& seen,
                  const std::vector<Definition>& definitions) {
    const index::Spec spec = index::Spec::from_document(record.definition);
    switch (record.action) {
        case index::Action::create: {
            const Presence found = presence(seen, record.collection, spec);
            // Who asks for it again is answered when it is ready.
            if (found == Presence::building || found == Presence::unknown) return EarlierEnd::building;
            return when(found == Presence::ready);
        }
        case index::Action::modify: {
            const Presence found = presence(seen, record.collection, spec);
            if (found == Presence::building) return EarlierEnd::building;
            return when(found == Presence::ready || found == Presence::unknown);
        }
        case index::Action::drop:
            return when(!has_index(seen, record.collection, record.index));
        case index::Action::hide:
            return when(is_hidden(seen, record));
        case index::Action::define:
        case index::Action::redefine:
            return when(is_defined(definitions, record, spec));
        case index::Action::forget:
            return when(!is_defined(definitions, record, spec));
    }
    return EarlierEnd::no_effect;
}

}  // namespace mim::app
