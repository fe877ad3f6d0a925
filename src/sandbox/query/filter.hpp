// A query filter: parsed (that is: judged) once, then asked about documents. Understands equality, $eq $ne
// $gt $gte $lt $lte $in $nin $exists $type $regex $size $all $elemMatch $not $and $or $nor; any other
// operator is refused (2).
#pragma once

#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

class Filter {
  public:
    Filter() = default;  // matches everything
    [[nodiscard]] static Answer<Filter> parse(bson::DocumentView filter);
    [[nodiscard]] bool matches(bson::DocumentView document) const;
    [[nodiscard]] bool matches_all() const { return source_.empty(); }
    [[nodiscard]] const bson::Document& source() const { return source_; }

  private:
    explicit Filter(bson::DocumentView source) : source_(source) {}
    bson::Document source_;
};

}  // namespace mim::sandbox::query
