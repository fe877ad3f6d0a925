// Fills an embedded store through its own API: 1,000 databases and 1,000,000 definitions of the kinds one
// meets. The first database is a large one; its definitions and those of the second are written to seed
// files, so that there can be a target that matches.
//   scale_load FILE TARGET_URI SEED_FILE
#include <fstream>
#include <iostream>

#include "app/definition_identity.hpp"
#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::bench {
namespace {

constexpr int databases = 1'000;
constexpr int indexes_a_collection = 10;
constexpr int collections_of_an_ordinary_one = 95;
constexpr int collections_of_the_large_one = 5'095;
static_assert(indexes_a_collection *
                  (collections_of_the_large_one + (databases - 1) * collections_of_an_ordinary_one) ==
              1'000'000);

const std::vector<std::string> fields{"customer_id", "created_at", "status", "email",   "total",
                                      "region",      "sku",        "parent", "expires", "score"};
const std::vector<std::string> subjects{"orders", "people", "invoices", "events", "sessions"};

// Each of a collection's indexes begins with another field.
index::Spec spec_of(int number) {
    const auto& field = fields[static_cast<std::size_t>(number)];
    const auto& second = fields[static_cast<std::size_t>(number + 1) % fields.size()];
    bson::Builder key;
    bson::Builder options;
    key.add(field, 1);
    if (number % 2 == 0) key.add(second, -1);
    if (number == 3) options.add("unique", true);
    if (number == 4)
        options.add("partialFilterExpression",
                    bson::Builder().add(field, bson::Builder().add("$gt", 100).take()).take());
    if (number == 5) options.add("sparse", true);
    return {.name = field + (number % 2 == 0 ? "_1_" + second + "_-1" : "_1"),
            .key = key.take(),
            .options = options.take()};
}

std::string collection_name(int number) {
    return subjects[static_cast<std::size_t>(number) % subjects.size()] + "_" + std::to_string(number);
}

void write_seed(const std::string& file) {
    std::ofstream out(file);
    const auto collections = [&out](int count) {
        for (int c = 0; c < count; ++c) {
            out << (c == 0 ? "" : ",\n") << '"' << collection_name(c) << R"(": {"indexes": [)";
            for (int i = 0; i < indexes_a_collection; ++i)
                out << (i == 0 ? "" : ", ")
                    << bson::to_json(spec_of(i).to_document().view(), bson::JsonForm::relaxed);
            out << "]}";
        }
    };
    out << R"({"databases": {"large": {)";
    collections(collections_of_the_large_one);
    out << R"(}, "ordinary": {)";
    collections(collections_of_an_ordinary_one);
    out << "}}}\n";
}

app::DefinitionChanges definitions_of(const DatabaseId& database, int collections) {
    const auto now = system_clock().now();
    app::DefinitionChanges changes;
    for (int c = 0; c < collections; ++c) {
        for (int i = 0; i < indexes_a_collection; ++i)
            changes.creations.push_back(app::make_definition(database, collection_name(c), spec_of(i), now));
    }
    return changes;
}

template <class T>
void must(const T& outcome) {
    if (!outcome) throw std::runtime_error(outcome.error().message);
}

void fill(const std::string& file, const std::string& uri) {
    auto opened = store::open_sqlite_file({.file = file}, system_clock());
    must(opened);
    const auto stores = store::create_sqlite_stores(*opened);
    for (int number = 0; number < databases; ++number) {
        const bool large = number == 0;
        app::Database database;
        database.created_at = database.updated_at = system_clock().now();
        database.name = large ? "the large one" : "team-" + std::to_string(number) + "-shop";
        database.description = "database " + std::to_string(number) + " of the fleet";
        database.uri = Secret(uri);
        database.db_name = large ? "large" : "ordinary";
        must(stores.databases->create(database));
        must(stores.definitions->change(definitions_of(
            database.id, large ? collections_of_the_large_one : collections_of_an_ordinary_one)));
        if (number < 2) std::cout << database.id.text() << std::endl;
    }
}

}  // namespace
}  // namespace mim::bench

int main(int count, char** arguments) {
    if (count != 4) {
        std::cerr << "scale_load FILE TARGET_URI SEED_FILE\n";
        return 2;
    }
    try {
        if (std::string(arguments[3]) != "-") mim::bench::write_seed(arguments[3]);
        if (std::string(arguments[1]) != "-") mim::bench::fill(arguments[1], arguments[2]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "scale_load: " << error.what() << '\n';
        return 1;
    }
}
