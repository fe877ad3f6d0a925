#include "index/spec.hpp"
