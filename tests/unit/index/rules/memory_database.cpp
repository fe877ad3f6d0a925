#include "unit/index/rules/memory_database.hpp"

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/in_place.hpp"

namespace mim::index::testing {
namespace {

std::string text_of(bson::DocumentView document, std::string_view field) {
    const auto value = document.find(field);
    return std::string(value ? value->string().value_or("") : "");
}

Outcome unsupported(std::string why) {
    return {std::move(why), std::nullopt, {}};
}
Outcome failure(Rejection rejection) {
    return {{}, std::move(rejection), {}};
}

// `keyPairs` stands for a key that JSON cannot hold.
bson::Document with_key(bson::DocumentView element) {
    const auto pairs = element.find("keyPairs");
    if (!pairs) return bson::Document(element);
    bson::Builder key;
    const auto listed = *pairs->document();
    for (const auto pair : listed) {
        const auto both = *pair.document();
        key.add(*both.find("0")->string(), *both.find("1"));
    }
    return bson::Builder().add("key", key.take()).add_all(bson::without(element, {"keyPairs"})).take();
}

}  // namespace

RuleContext MemoryDatabase::context_of(const std::string& name) const {
    const auto found = collections_.find(name);
    if (found != collections_.end()) return {version_, found->second.traits};
    return {version_, {CollectionKind::missing, {}}};
}

std::vector<bson::Document> MemoryDatabase::list_indexes(const std::string& collection) const {
    std::vector<bson::Document> listed;
    const auto found = collections_.find(collection);
    if (found == collections_.end()) return listed;
    for (const auto& index : found->second.indexes) {
        listed.push_back(listed_form(index, context_of(collection)).to_document());
    }
    return listed;
}

MemoryDatabase::Collection& MemoryDatabase::implicitly_created(const std::string& name) {
    const auto found = collections_.find(name);
    if (found != collections_.end()) return found->second;
    auto& collection = collections_[name];
    add_automatic_index(collection);
    return collection;
}

void MemoryDatabase::add_automatic_index(Collection& collection) const {
    const RuleContext context{version_, collection.traits};
    if (collection.traits.kind == CollectionKind::view || collection.traits.clustered()) return;
    Spec automatic{"_id_", bson::Builder().add("_id", std::int32_t{1}).take(), {}};
    if (collection.traits.kind == CollectionKind::time_series) {
        if (version_ < ServerVersion{6, 3} || collection.traits.meta_field().empty()) return;
        automatic.key = bson::Builder()
                            .add(collection.traits.meta_field(), std::int32_t{1})
                            .add(collection.traits.time_field(), std::int32_t{1})
                            .take();
        automatic.name = default_name(automatic.key);
    }
    collection.indexes.push_back(stored_form(automatic, context));
}

Outcome MemoryDatabase::create(bson::DocumentView step) {
    Collection collection;
    collection.traits.options = bson::without(step, {"op", "create", "db"});
    if (step.contains("viewOn")) collection.traits.kind = CollectionKind::view;
    if (step.contains("timeseries")) collection.traits.kind = CollectionKind::time_series;
    add_automatic_index(collection);
    collections_[text_of(step, "create")] = std::move(collection);
    return {};
}

Outcome MemoryDatabase::create_indexes(bson::DocumentView step) {
    const auto name = text_of(step, "createIndexes");
    for (const auto field : {"commitQuorum", "ignoreUnknownIndexOptions", "db"}) {
        if (step.contains(field)) return unsupported(std::string("the command's ") + field);
    }
    const auto elements = *step.find("indexes")->document();
    if (elements.empty()) return unsupported("an empty list of indexes");
    const bool missing = !collections_.contains(name);
    const auto context = context_of(name);
    for (const auto element : elements) {
        const auto document = with_key(*element.document());
        if (auto rejection = check_document(document, context)) return failure(std::move(*rejection));
    }
    auto& collection = implicitly_created(name);
    auto after = collection.indexes;
    const auto before = collection.indexes.size();
    const auto ready = context_of(name);
    for (const auto element : elements) {
        const auto stored = stored_form(Spec::from_document(with_key(*element.document())), ready);
        auto acceptance = accept(after, stored, ready);
        if (acceptance.rejection) return failure(std::move(*acceptance.rejection));
        if (acceptance.kind == Acceptance::Kind::creates) after.push_back(stored);
    }
    bson::Builder reply;
    reply.add("numIndexesBefore", static_cast<std::int32_t>(before));
    reply.add("numIndexesAfter", static_cast<std::int32_t>(after.size()));
    reply.add("createdCollectionAutomatically", missing);
    if (after.size() == before) {
        reply.add("note", "all indexes already exist");
    } else if (after.size() - before < elements.size()) {
        reply.add("note", "index already exists");
    }
    collection.indexes = std::move(after);
    return {{}, std::nullopt, reply.take()};
}

Outcome MemoryDatabase::modify_index(bson::DocumentView step) {
    const auto name = text_of(step, "collMod");
    const auto argument = step.find("index");
    if (!collections_.contains(name) || !argument || !argument->document())
        return unsupported("this form of collMod");
    auto& collection = collections_[name];
    auto outcome = modify(collection.indexes, *argument->document(), context_of(name));
    if (outcome.rejection) return failure(std::move(*outcome.rejection));
    collection.indexes[outcome.modified->position] = outcome.modified->after;
    return {{}, std::nullopt, outcome.modified->reply};
}

Outcome MemoryDatabase::run(bson::DocumentView step) {
    const auto operation = text_of(step, "op");
    if (operation == "create") return create(step);
    if (operation == "createIndexes") return create_indexes(step);
    if (operation == "collMod") return modify_index(step);
    return unsupported("the operation " + operation);
}

}  // namespace mim::index::testing
