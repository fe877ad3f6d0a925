// A statement's text. Made from literals only, so that its address can stand for it in the statement caches
// and no value ever gets into SQL text.
#pragma once

namespace mim::sqlite {

class Sql {
  public:
    // Implicit, so that a statement reads as SQL. NOLINTNEXTLINE(google-explicit-constructor)
    consteval Sql(const char* literal) : text_(literal) {}
    [[nodiscard]] constexpr const char* text() const { return text_; }

  private:
    const char* text_;
};

}  // namespace mim::sqlite
