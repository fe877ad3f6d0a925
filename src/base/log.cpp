#include "base/log.hpp"

namespace mim {
namespace {

class SilentLogger final : public Logger {
  public:
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

}  // namespace

Logger& silent_logger() {
    static SilentLogger logger;
    return logger;
}

}  // namespace mim
