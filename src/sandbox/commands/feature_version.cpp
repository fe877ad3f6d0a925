// setFeatureCompatibilityVersion: from then on other rules hold. What is there is not looked at, so that an
// index may stay that the older rules would refuse.
#include "sandbox/feature_version.hpp"

#include <array>

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {
namespace {

constexpr const char* name_of_command = "setFeatureCompatibilityVersion";
constexpr int unconfirmed = 7369100;
constexpr int no_such_version = 4926900;

// From 7.0 on there is no way back without support.
Accepted check_confirmation(const Instance& instance, const Arguments& arguments) {
    if (instance.settings.version < index::version_7_0) return arguments.only({});
    MIM_CHECK(arguments.only({"confirm"}));
    MIM_TRY(confirmed, arguments.flag("confirm"));
    if (confirmed) return {};
    return refuse(unconfirmed,
                  "Once you have changed the feature compatibility version, you may not be able to change it "
                  "back without support assistance. Please re-run this command with 'confirm: true' to "
                  "acknowledge this.");
}

Reply set_feature_version(Instance& instance, const Request& request) {
    MIM_CHECK(admin_only(request));
    const Arguments arguments(request);
    MIM_CHECK(check_confirmation(instance, arguments));
    MIM_TRY(wanted, arguments.text(name_of_command));
    if (!wanted) return arguments.missing(name_of_command);
    const auto version = index::ServerVersion::parse(*wanted);
    if (!version || version->text() != *wanted || !can_run_with(instance.settings.version, *version))
        return refuse(no_such_version, "Invalid feature compatibility version value '" + *wanted +
                                           "'; expected " +
                                           usual_feature_versions(instance.settings.version));
    instance.catalog.follow(*version);
    return bson::Document();
}

constexpr std::array feature_version_commands{Command{name_of_command, &set_feature_version}};

}  // namespace

Family feature_version_family() {
    return feature_version_commands;
}

}  // namespace mim::sandbox::commands
