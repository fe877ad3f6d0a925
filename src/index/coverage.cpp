#include "index/coverage.hpp"
