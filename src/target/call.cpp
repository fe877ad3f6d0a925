#include "target/call.hpp"

namespace mim::target {
namespace {

// These run into their own limit on a server that is in the best of health.
bool may_take_long(Call call) {
    return call == Call::create_indexes || call == Call::end_builds || call == Call::find_duplicates;
}

Verdict verdict_on_answer(Call call) {
    return call == Call::probe ? Verdict::greeted : Verdict::works;
}

}  // namespace

std::string_view name_of(Call call) {
    switch (call) {
        case Call::probe:
            return "probe";
        case Call::read:
            return "read";
        case Call::create_indexes:
            return "create_indexes";
        case Call::end_builds:
            return "end_builds";
        case Call::drop_index:
            return "drop_index";
        case Call::modify_index:
            return "modify_index";
        case Call::find_duplicates:
            return "find_duplicates";
        case Call::create_collection:
            return "create_collection";
        case Call::rename_collection:
            return "rename_collection";
        case Call::drop_collection:
            return "drop_collection";
        case Call::count_documents:
            return "count_documents";
    }
    return "read";
}

Verdict verdict_on(Call call, const Error* error) {
    if (error == nullptr) return verdict_on_answer(call);
    switch (facts_of(error->code).sign) {
        case Sign::silent:
            return may_take_long(call) ? Verdict::unknown : Verdict::failed;
        case Sign::broken:
            return error->server ? verdict_on_answer(call) : Verdict::failed;
        case Sign::answered:
            return verdict_on_answer(call);
        case Sign::nothing:
            return Verdict::unknown;
    }
    return Verdict::unknown;
}

}  // namespace mim::target
