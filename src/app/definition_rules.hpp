// What MongoDB would refuse of a definition, by the rules of its database's own server: for a target that
// nobody has looked at, by the newest. Pure.
#pragma once

#include <optional>
#include <vector>

#include "app/model/definition.hpp"
#include "app/model/seen_server.hpp"
#include "base/result.hpp"
#include "index/definition/rule_context.hpp"

namespace mim::app {

inline constexpr index::ServerVersion newest_server{8, 3};

class DefinitionRules {
  public:
    explicit DefinitionRules(const std::optional<SeenServer>& seen);

    // Names the rule that the definition breaks by itself. `spec` has its name already.
    void check_spec(std::vector<FieldError>& bad, const index::Spec& spec) const;
    // What MongoDB would refuse because of the collection's other definitions, and no constraint of the store
    // knows: a second text index, a 65th index; before 5.0 also what differs in its options alone.
    [[nodiscard]] Done check_company(const Definition& wanted, const std::vector<Definition>& others) const;

  private:
    // The rule, and whose it is.
    [[nodiscard]] std::string told(std::string rule) const;
    [[nodiscard]] Done check_old_identity(const Definition& wanted,
                                          const std::vector<Definition>& others) const;

    index::RuleContext rules_;
    std::string judge_;
};

}  // namespace mim::app
