// What an account's name, email, password and profile must look like. Every judgement names every bad field.
#pragma once

#include "app/accounts.hpp"
#include "app/registrations.hpp"

namespace mim::app {

[[nodiscard]] Done check_registration(const Registration& registration);
[[nodiscard]] Done check_new_password(const Secret& password);     // field "new_password"
[[nodiscard]] Done check_email_address(const std::string& email);  // field "email"
[[nodiscard]] Done check_profile(const ProfileChange& change);

// In bytes. The upper bound keeps hashing from being an attack.
inline constexpr std::size_t min_password_length = 8;
inline constexpr std::size_t max_password_length = 1024;

}  // namespace mim::app
