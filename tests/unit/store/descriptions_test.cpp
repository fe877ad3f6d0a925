// The descriptions of what is stored: the texts of statements are held to them by the compiler, and two items
// differ as soon as one described field does.
#include <gtest/gtest.h>

#include "contract/whole_samples.hpp"
#include "store/archive.hpp"
#include "store/descriptions/api_key.hpp"
#include "store/descriptions/database.hpp"
#include "store/descriptions/definition.hpp"
#include "store/descriptions/invite.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/descriptions/sync.hpp"
#include "store/descriptions/token_family.hpp"
#include "store/descriptions/user.hpp"

namespace mim::store {
namespace {

using Made = app::MadeCollection;

static_assert(are_columns<Made>("id, database, created_at, name"));
static_assert(!are_columns<Made>("id, database, name, created_at"), "another order");
static_assert(!are_columns<Made>("id, database, created_at"), "one is missing");
static_assert(!are_columns<Made>("id, database, created_at, name, size"), "one too many");
static_assert(are_values<Made>("?1, ?2, ?3, ?4"));
static_assert(!are_values<Made>("?1, ?2, ?4, ?3"));
static_assert(!are_values<Made>("?1, ?2, ?3, ?4, ?5"));
static_assert(are_next<Made>("?5", 1) && are_next<Made>("?5, ?6", 2));
static_assert(!are_next<Made>("?4", 1) && !are_next<Made>("?5", 2));
static_assert(is_change<app::Database>(MIM_DATABASE_CHANGE));
static_assert(!is_change<app::Database>("(" MIM_DATABASE_COLUMNS ") = (" MIM_DATABASE_VALUES ")"),
              "some are written once");

// Another value than it has.
void differ(std::string& text) {
    text += "x";
}
void differ(Secret& secret) {
    secret = Secret(secret.reveal() + "x");
}
void differ(std::int64_t& number) {
    ++number;
}
void differ(Timestamp& time) {
    time += std::chrono::milliseconds{1};
}
void differ(bson::Document& document) {
    document = bson::Builder().add("another", document).take();
}
void differ(std::vector<std::string>& texts) {
    texts.emplace_back("x");
}
template <class Tag>
void differ(Id<Tag>& id) {
    id = Id<Tag>::generate();
}
template <class Choice>
requires Worded<Choice> || Flagged<Choice>
void differ(Choice& choice) {
    choice = static_cast<int>(choice) == 0 ? Choice{1} : Choice{0};
}
template <class T>
void differ(std::optional<T>& value) {
    if (value) {
        value.reset();
    } else if constexpr (std::is_default_constructible_v<T>) {
        value.emplace();
    } else if constexpr (requires { T::generate(); }) {
        value = T::generate();
    }
}

// Each field of a thing, changed alone, makes other bytes: what a copy compares. `as_item` makes the item.
template <class Thing, class AsItem>
void expect_all_compared(const Thing& thing, AsItem as_item) {
    const auto bytes = bytes_of(as_item(thing));
    for_each_field<Thing>([&](const auto& field) {
        Thing other = thing;
        differ(field.of(other));
        EXPECT_NE(bytes_of(as_item(other)), bytes) << field.name;
    });
}

TEST(Descriptions, ACopyComparesEveryField) {
    const auto itself = [](const auto& thing) { return Item(thing); };
    expect_all_compared(contract::whole_user(), itself);
    expect_all_compared(ArchivedFamily{contract::whole_family(), app::FamilyState::revoked}, itself);
    expect_all_compared(contract::whole_database(), itself);
    expect_all_compared(contract::whole_definition(), itself);
    expect_all_compared(contract::whole_invite(), itself);
    expect_all_compared(contract::whole_api_key(), itself);
    expect_all_compared(contract::whole_made_collection(), itself);
    expect_all_compared(contract::whole_sync(), [](const auto& sync) { return Item(ArchivedSync{sync}); });
}

TEST(Descriptions, TheFirstFieldIsTheId) {
    EXPECT_EQ(id_of(Item(contract::whole_database())), contract::whole_database().id.text());
    EXPECT_EQ(id_of(Item(contract::whole_user())), contract::whole_user().id.text());
    EXPECT_EQ(id_of(Item(ArchivedFamily{contract::whole_family()})), contract::whole_family().id.text());
}

}  // namespace
}  // namespace mim::store
