#include "store/mongodb/neighbours.hpp"

#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

Result<app::Neighbour> read_neighbour(bson::DocumentView document) {
    Reader reader(document);
    auto id = reader.id<DatabaseId>("_id");
    auto place = reader.must(Kept<std::optional<app::Place>>::read(reader, "place"));
    MIM_CHECK(reader.whole("the place of a database"));
    return app::Neighbour{std::move(id), std::move(place),
                          reader.flag("protected") ? app::Protection::on : app::Protection::off};
}

}  // namespace

Result<std::vector<app::Neighbour>> neighbours_of(Commands& commands, const std::vector<app::Place>& places) {
    std::vector<std::string> db_names, hosts;
    for (const auto& place : places) {
        db_names.push_back(place.db_name);
        hosts.insert(hosts.end(), place.hosts.begin(), place.hosts.end());
    }
    const auto filter = fields("place.db_name", fields("$in", array_of(db_names)), "place.hosts",
                               fields("$in", array_of(hosts)));
    return read_all<app::Neighbour>(commands, names::databases,
                                    {.filter = filter, .fields = fields("place", 1, "protected", 1)},
                                    read_neighbour);
}

}  // namespace mim::store::mongodb
