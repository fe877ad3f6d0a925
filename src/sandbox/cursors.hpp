// Open cursors: what of a result did not fit the batch. Bounded in number; the oldest is forgotten first.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "sandbox/refusal.hpp"

namespace mim::sandbox {

// Of documents in one reply, as MongoDB has it.
inline constexpr std::size_t largest_batch_bytes = std::size_t{16} * 1024 * 1024;
inline constexpr std::int64_t default_batch = 101;  // of find and aggregate's first batch
inline constexpr std::int64_t unlimited_batch = INT64_MAX;

class Cursors {
  public:
    // {cursor: {id, ns, firstBatch}}; the rest is kept when there is one.
    [[nodiscard]] bson::Document open(const std::string& full_name, std::vector<bson::Document> documents,
                                      std::int64_t batch_size);
    // As `open`, with the rest in another form than the first batch: later batches of listIndexes are raw.
    [[nodiscard]] bson::Document open_with_rest(const std::string& full_name,
                                                std::vector<bson::Document> first_form,
                                                std::vector<bson::Document> rest_form,
                                                std::int64_t batch_size);
    // {cursor: {id, ns, nextBatch}}; 43 when there is no such cursor, 13 when it belongs to another
    // namespace.
    [[nodiscard]] Answer<bson::Document> next(std::int64_t id, const std::string& full_name,
                                              std::int64_t batch_size);
    enum class Killed { killed, unknown };
    Killed kill(std::int64_t id);
    void clear() {
        open_.clear();
        by_age_.clear();
    }
    [[nodiscard]] std::size_t size() const { return open_.size(); }

  private:
    struct Kept {
        std::string full_name;
        std::vector<bson::Document> documents;
        std::size_t position = 0;
        std::uint64_t age = 0;
    };
    [[nodiscard]] std::int64_t keep(Kept kept);

    std::map<std::int64_t, Kept> open_;
    std::map<std::uint64_t, std::int64_t> by_age_;
    std::uint64_t opened_ = 0;
    std::mt19937_64 random_{std::random_device{}()};
};

}  // namespace mim::sandbox
