#include "index/canonical.hpp"
