#include "index/in_place.hpp"
