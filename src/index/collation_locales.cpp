#include "index/stored_form.hpp"
