#include "index/definition/stored_form.hpp"
#include "index/script/script.hpp"
#include "index/script/script_text.hpp"

namespace mim::index {
namespace {

// Without a name the statement speaks to the database that the shell is connected to.
std::string command_on(std::string_view database, const std::string& command) {
    const std::string target = database.empty() ? "db" : "db.getSiblingDB(" + string_literal(database) + ")";
    return target + ".runCommand({" + command + "})";
}

}  // namespace

std::string create_statement(std::string_view database, std::string_view collection, const Spec& spec) {
    return command_on(database, "createIndexes: " + string_literal(collection) + ", indexes: [" +
                                    spec_literal(sent_form(spec)) + "]");
}

std::string drop_statement(std::string_view database, std::string_view collection, std::string_view name) {
    return command_on(database,
                      "dropIndexes: " + string_literal(collection) + ", index: " + string_literal(name));
}

std::string modify_statement(std::string_view database, std::string_view collection,
                             bson::DocumentView change) {
    return command_on(database,
                      "collMod: " + string_literal(collection) + ", index: " + mongosh_literal(change));
}

}  // namespace mim::index
