#include <iostream>

#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "app/registrations.hpp"
#include "base/clock.hpp"
#include "identity/one_time_tokens.hpp"
#include "identity/password_hasher.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"
#include "main/store_opening.hpp"
#include "main/store_presence.hpp"

namespace mim::main {
namespace {

// Keeps the terminal from showing what is typed, for as long as it lives. Nothing for a pipe.
class SilentTerminal {
  public:
    SilentTerminal() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        is_terminal_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (is_terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

  private:
    termios before_{};
    bool is_terminal_ = false;
};

Result<Secret> read_password() {
    const SilentTerminal silent;
    if (isatty(STDIN_FILENO) != 0) std::cerr << "Password: " << std::flush;
    std::string line;
    std::getline(std::cin, line);
    if (isatty(STDIN_FILENO) != 0) std::cerr << std::endl;
    if (line.empty()) return invalid_field("password", "is read from standard input, which has none");
    return Secret(std::move(line));
}

Done create(const CreateAdminSettings& settings) {
    if (settings.common.store.empty()) MIM_CHECK(make_data_folder(settings.common.data));
    MIM_CHECK(make_store_at_first_start(settings.common));
    MIM_TRY(password, read_password());
    // No connection string is read or written here: a key of the moment will do, so nobody has to give one.
    const drivers::crypto::SecretBox box({drivers::crypto::SealKey::generate()});
    MIM_TRY(store, open_store(settings.common, box));
    const auto hasher = identity::create_password_hasher({});
    const auto tokens = identity::create_invite_tokens();
    app::Registrations registrations(
        {*store.stores.users, *store.stores.invites, *hasher, *tokens, system_clock()}, {});
    return registrations.add_admin({settings.username, settings.email, std::move(password)});
}

}  // namespace

int create_admin(const CreateAdminSettings& settings) {
    umask(S_IRWXG | S_IRWXO);
    if (const auto created = create(settings); !created) return fail(created.error());
    std::cout << "created the administrator " << settings.username << std::endl;
    return 0;
}

}  // namespace mim::main
