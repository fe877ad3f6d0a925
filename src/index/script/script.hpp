// A plan or a registry as a mongosh script: typed literals, names quoted whatever they hold, safe to run
// twice, stops with a non-zero exit at the first failure, no credentials. Source for mongosh's behaviour:
// semantics section 13.
#pragma once

#include <string>

#include "index/plan/plan.hpp"

namespace mim::index {

struct Script {
    std::string text;
    std::size_t creates = 0;
    std::size_t drops = 0;
    std::size_t modifies = 0;
};

enum class ScriptMode { create, drop, both };

struct ScriptHeader {
    std::string database_name;  // MongoDB's name of the database (db_name)
    std::string title;          // one line of comment; no secret
};

// The database part of `plan` (registry actions have no script). `create` never drops: it modifies, and
// builds what needs no drop; what does is named and left out. `drop` drops or hides what no definition wants,
// nothing else.
[[nodiscard]] Script script_of(const Plan& plan, ScriptMode mode, const ScriptHeader& header);
// The operations whose steps `script_of` writes in this mode: what a reverse and a verify script of the same
// mode are made from.
[[nodiscard]] Plan part_of(const Plan& plan, ScriptMode mode);
// The way back: drops what the plan creates, creates what it drops, reverts what it modifies.
[[nodiscard]] Script reverse_script_of(const Plan& plan, const ScriptHeader& header);
// Exits non-zero and says what differs unless the database holds what the plan promises.
[[nodiscard]] Script verify_script_of(const Plan& plan, const ScriptHeader& header);

// The mongosh literal of a value: `Long("5")`, `ISODate("…")`, `{"a": 1}` …; safe for any content.
[[nodiscard]] std::string mongosh_literal(const bson::ValueView& value);
[[nodiscard]] std::string mongosh_literal(bson::DocumentView document);
// `{…}` of createIndexes for one spec, as a runCommand statement that keeps the order of integer-like field
// names.
[[nodiscard]] std::string create_statement(std::string_view database, std::string_view collection,
                                           const Spec& spec);
[[nodiscard]] std::string drop_statement(std::string_view database, std::string_view collection,
                                         std::string_view name);
[[nodiscard]] std::string modify_statement(std::string_view database, std::string_view collection,
                                           bson::DocumentView change);

}  // namespace mim::index
