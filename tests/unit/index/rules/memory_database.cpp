#include "unit/index/rules/memory_database.hpp"

#include <algorithm>
#include <array>

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

// A field of the command that is not among these.
std::optional<std::string> field_beside(bson::DocumentView step,
                                        std::initializer_list<std::string_view> known) {
    for (const auto field : step) {
        if (std::ranges::find(known, field.key()) == known.end())
            return "the command's " + std::string(field.key());
    }
    return std::nullopt;
}

bool is_list_of_documents(const std::optional<bson::ValueView>& value) {
    if (!value || value->type() != bson::Type::array) return false;
    const auto elements = *value->document();
    for (const auto element : elements) {
        if (element.type() != bson::Type::document) return false;
    }
    return !elements.empty();
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

// What is wrong with the collection itself is the sandbox's to say.
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
    if (auto field = field_beside(step, {"op", "createIndexes", "indexes"})) return unsupported(*field);
    if (check_collection_name(name)) return unsupported("the name of the collection");
    if (!is_list_of_documents(step.find("indexes"))) return unsupported("the form of the list of indexes");
    const auto elements = *step.find("indexes")->document();
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
    if (missing || after.size() > before) reply.add("createdCollectionAutomatically", missing);
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
    if (auto field = field_beside(step, {"op", "collMod", "index"})) return unsupported(*field);
    const bool is_object = argument && argument->type() == bson::Type::document;
    if (!collections_.contains(name) || !is_object) return unsupported("this form of collMod");
    if (collections_.at(name).traits.kind == CollectionKind::view) return unsupported("collMod of a view");
    auto& collection = collections_[name];
    auto outcome = modify(collection.indexes, *argument->document(), context_of(name));
    if (outcome.rejection) return failure(std::move(*outcome.rejection));
    collection.indexes[outcome.modified->position] = outcome.modified->after;
    return {{}, std::nullopt, outcome.modified->reply};
}

Outcome MemoryDatabase::insert(bson::DocumentView step) {
    implicitly_created(text_of(step, "insert"));
    had_documents_ = true;
    return {};
}

Outcome MemoryDatabase::drop(bson::DocumentView step) {
    collections_.erase(text_of(step, "drop"));
    return {};
}

bool MemoryDatabase::judged_by_documents(bson::DocumentView expected) const {
    constexpr std::array codes{359, 11000, 16755, 7246301};
    const auto code = expected.find("code");
    return had_documents_ && code && std::ranges::find(codes, code->integer().value_or(0)) != codes.end();
}

Outcome MemoryDatabase::run(bson::DocumentView step) {
    const auto operation = text_of(step, "op");
    if (operation == "create") return create(step);
    if (operation == "createIndexes") return create_indexes(step);
    if (operation == "collMod") return modify_index(step);
    if (operation == "insert") return insert(step);
    if (operation == "drop") return drop(step);
    return unsupported("the operation " + operation);
}

}  // namespace mim::index::testing
