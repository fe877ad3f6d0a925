#include "sandbox/cursors.hpp"

#include "bson/builder.hpp"

namespace mim::sandbox {
namespace {

constexpr std::size_t most_open = 10'000;

// Fills an array from `position` on, until the batch is full by number or bytes; moves `position` past it.
bson::Document fill(const std::vector<bson::Document>& documents, std::size_t& position,
                    std::int64_t batch_size) {
    bson::Array batch;
    std::size_t bytes = 0;
    for (std::int64_t count = 0; position < documents.size() && count < batch_size; ++count, ++position) {
        const std::size_t size = documents[position].bytes().size();
        if (count > 0 && bytes + size > largest_batch_bytes) break;
        bytes += size;
        batch.add(documents[position]);
    }
    return batch.take();
}

bson::Document reply(std::int64_t id, const std::string& full_name, const char* field,
                     const bson::Document& batch) {
    bson::Builder cursor;
    cursor.add_array(field, batch).add("id", id).add("ns", full_name);
    return bson::Builder().add("cursor", cursor.take()).take();
}

}  // namespace

std::int64_t Cursors::keep(Kept kept) {
    kept.age = ++opened_;
    if (open_.size() >= most_open) {
        open_.erase(by_age_.begin()->second);
        by_age_.erase(by_age_.begin());
    }
    std::int64_t id = 0;
    while (id == 0 || open_.contains(id)) id = static_cast<std::int64_t>(random_() >> 1U);
    by_age_.emplace(kept.age, id);
    open_.emplace(id, std::move(kept));
    return id;
}

bson::Document Cursors::open_with_rest(const std::string& full_name, std::vector<bson::Document> first_form,
                                       std::vector<bson::Document> rest_form, std::int64_t batch_size) {
    std::size_t position = 0;
    const auto batch = fill(first_form, position, batch_size);
    const std::int64_t id =
        position < rest_form.size() ? keep({full_name, std::move(rest_form), position, 0}) : std::int64_t{0};
    return reply(id, full_name, "firstBatch", batch);
}

bson::Document Cursors::open(const std::string& full_name, std::vector<bson::Document> documents,
                             std::int64_t batch_size) {
    std::size_t position = 0;
    const auto batch = fill(documents, position, batch_size);
    const std::int64_t id =
        position < documents.size() ? keep({full_name, std::move(documents), position, 0}) : std::int64_t{0};
    return reply(id, full_name, "firstBatch", batch);
}

Answer<bson::Document> Cursors::next(std::int64_t id, const std::string& full_name, std::int64_t batch_size) {
    const auto found = open_.find(id);
    if (found == open_.end())
        return refuse(server_code::cursor_not_found, "cursor id " + std::to_string(id) + " not found");
    if (found->second.full_name != full_name)
        return refuse(server_code::unauthorized, "Requested getMore on namespace '" + full_name +
                                                     "', but cursor belongs to a different namespace " +
                                                     found->second.full_name);
    const auto batch = fill(found->second.documents, found->second.position, batch_size);
    if (found->second.position < found->second.documents.size())
        return reply(id, full_name, "nextBatch", batch);
    kill(id);
    return reply(0, full_name, "nextBatch", batch);
}

Cursors::Killed Cursors::kill(std::int64_t id) {
    const auto found = open_.find(id);
    if (found == open_.end()) return Killed::unknown;
    by_age_.erase(found->second.age);
    open_.erase(found);
    return Killed::killed;
}

}  // namespace mim::sandbox
