#include "index/rules.hpp"
