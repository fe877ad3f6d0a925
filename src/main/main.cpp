#include <exception>
#include <iostream>

#include <unistd.h>

#include "main/command_line.hpp"
#include "main/commands.hpp"

namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

int run(const mim::main::Command& command) {
    return std::visit(
        Overloaded{
            [](const mim::main::ServeSettings& settings) { return mim::main::serve(settings); },
            [](const mim::main::WorkerSettings& settings) { return mim::main::work(settings); },
            [](const mim::main::SandboxSettings& settings) { return mim::main::run_sandbox(settings); },
            [](const mim::main::KeygenSettings& settings) { return mim::main::keygen(settings); },
            [](const mim::main::StoreCopySettings& settings) { return mim::main::copy_store(settings); },
            [](const mim::main::CreateAdminSettings& settings) { return mim::main::create_admin(settings); },
            [](const mim::main::StoreRekeySettings& settings) { return mim::main::rekey_store(settings); },
            [](const mim::main::StoreBackupSettings& settings) { return mim::main::backup_store(settings); },
            [](const mim::main::StoreCreateSettings& settings) { return mim::main::create_store(settings); },
            [](const mim::main::StoreRestoreSettings& settings) {
                return mim::main::restore_store(settings);
            },
            [](const mim::main::ConfigCheckSettings& settings) { return mim::main::check_config(settings); },
            [](const mim::main::DoctorSettings& settings) { return mim::main::doctor(settings); },
            [](const mim::main::HealthcheckSettings& settings) { return mim::main::check_health(settings); },
            [](const mim::main::VersionQuestion&) { return mim::main::show_versions(); },
            [](const mim::main::ConfigExample& example) {
                std::cout << example.text << std::flush;
                return 0;
            },
            [](const mim::main::Exit& answered) { return answered.code; },
        },
        command);
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run(mim::main::parse_command_line(count, arguments, environ));
    } catch (const std::exception& failure) {
        std::cerr << "mim: " << failure.what() << '\n';
        return 1;
    }
}
