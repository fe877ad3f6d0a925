// A forked child that talks to its parent through a pipe. Fork only while this process has no threads and no
// connections.
#pragma once

#include <csignal>
#include <functional>
#include <stdexcept>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace mim::queue {

class ChildProcess {
  public:
    using Write = std::function<void(const std::string& bytes)>;
    // The child runs `body` and ends; an exception makes its exit code 99.
    explicit ChildProcess(const std::function<int(const Write&)>& body) {
        int ends[2];
        if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
        child_ = ::fork();
        if (child_ < 0) throw std::runtime_error("no child");
        if (child_ == 0) {
            ::close(ends[0]);
            ::_exit(run(body, ends[1]));
        }
        ::close(ends[1]);
        from_child_ = ends[0];
    }
    ~ChildProcess() {
        if (child_ > 0) kill_and_wait();
        ::close(from_child_);
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // Up to `count` bytes; fewer when the child has ended.
    std::string read(std::size_t count) {
        std::string bytes(count, '\0');
        std::size_t filled = 0;
        while (filled < count) {
            const auto got = ::read(from_child_, bytes.data() + filled, count - filled);
            if (got <= 0) break;
            filled += static_cast<std::size_t>(got);
        }
        bytes.resize(filled);
        return bytes;
    }
    void kill_and_wait() {
        ::kill(child_, SIGKILL);
        wait();
    }
    // Its exit code; -1 when a signal ended it.
    int wait() {
        int status = 0;
        ::waitpid(child_, &status, 0);
        child_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    static int run(const std::function<int(const Write&)>& body, int to_parent) {
        try {
            return body([to_parent](const std::string& bytes) {
                if (::write(to_parent, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
                    ::_exit(98);
            });
        } catch (const std::exception& exception) {
            const std::string line = std::string(exception.what()) + "\n";
            if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return 97;
            return 99;
        }
    }
    pid_t child_ = -1;
    int from_child_ = -1;
};

}  // namespace mim::queue
