#include "index/key_type.hpp"
