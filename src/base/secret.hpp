// A text that must never be shown: a password, a token, a connection string. It has no stream operator, no
// formatter and no implicit conversion; `reveal()` marks every place that takes it out.
#pragma once

#include <string>

namespace mim {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    friend bool operator==(const Secret&, const Secret&) = default;

  private:
    std::string text_;
};

}  // namespace mim
