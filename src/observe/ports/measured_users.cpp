#include "observe/ports/measured.hpp"

namespace mim::observe {
namespace {

using trace::System;

class MeasuredUsers final : public app::UserStore {
  public:
    MeasuredUsers(std::unique_ptr<app::UserStore> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Done create(const app::User& user) override {
        return calls_.measure({System::store, "users.create"}, [&] { return port_->create(user); });
    }
    Done create_first(const app::User& user) override {
        return calls_.measure({System::store, "users.create_first"},
                              [&] { return port_->create_first(user); });
    }
    Result<app::User> get(const UserId& id) override {
        return calls_.measure({System::store, "users.get"}, [&] { return port_->get(id); });
    }
    Result<app::User> find_by_identity(std::string_view identity) override {
        return calls_.measure({System::store, "users.find_by_identity"},
                              [&] { return port_->find_by_identity(identity); });
    }
    Done set_profile(const UserId& id, const app::Change<app::Profile>& change, Timestamp now) override {
        return calls_.measure({System::store, "users.set_profile"},
                              [&] { return port_->set_profile(id, change, now); });
    }
    Done set_email(const UserId& id, const std::string& email, Timestamp now) override {
        return calls_.measure({System::store, "users.set_email"},
                              [&] { return port_->set_email(id, email, now); });
    }
    Done change_password(const UserId& id, const app::PasswordChange& change, Timestamp now) override {
        return calls_.measure({System::store, "users.change_password"},
                              [&] { return port_->change_password(id, change, now); });
    }
    Done set_role(const UserId& id, app::Role role, Timestamp now) override {
        return calls_.measure({System::store, "users.set_role"},
                              [&] { return port_->set_role(id, role, now); });
    }
    Done set_status(const UserId& id, app::AccountStatus status, Timestamp now) override {
        return calls_.measure({System::store, "users.set_status"},
                              [&] { return port_->set_status(id, status, now); });
    }
    Done remove(const UserId& id, const app::Discard& discard) override {
        return calls_.measure({System::store, "users.remove"}, [&] { return port_->remove(id, discard); });
    }
    Done offer_reset(const UserId& id, const app::PasswordReset& reset) override {
        return calls_.measure({System::store, "users.offer_reset"},
                              [&] { return port_->offer_reset(id, reset); });
    }
    Result<app::User> find_by_reset(std::string_view token_hash, Timestamp now) override {
        return calls_.measure({System::store, "users.find_by_reset"},
                              [&] { return port_->find_by_reset(token_hash, now); });
    }
    Done redeem_reset(const UserId& id, const std::string& token_hash, const Secret& next_hash,
                      Timestamp now) override {
        return calls_.measure({System::store, "users.redeem_reset"},
                              [&] { return port_->redeem_reset(id, token_hash, next_hash, now); });
    }
    Result<std::int64_t> count() override {
        return calls_.measure({System::store, "users.count"}, [&] { return port_->count(); });
    }
    Result<app::Page<app::User>> list(const app::PageRequest& page) override {
        return calls_.measure({System::store, "users.list"}, [&] { return port_->list(page); });
    }

  private:
    std::unique_ptr<app::UserStore> port_;
    Calls calls_;
};

class MeasuredTokenFamilies final : public app::TokenFamilyStore {
  public:
    MeasuredTokenFamilies(std::unique_ptr<app::TokenFamilyStore> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Done open(const app::TokenFamily& family) override {
        return calls_.measure({System::store, "token_families.open"}, [&] { return port_->open(family); });
    }
    Done rotate(const TokenFamilyId& id, const app::Rotation& rotation) override {
        return calls_.measure({System::store, "token_families.rotate"},
                              [&] { return port_->rotate(id, rotation); });
    }
    Done revoke(const TokenFamilyId& id) override {
        return calls_.measure({System::store, "token_families.revoke"}, [&] { return port_->revoke(id); });
    }
    Done revoke_others_of(const UserId& user, const TokenFamilyId& kept) override {
        return calls_.measure({System::store, "token_families.revoke_others_of"},
                              [&] { return port_->revoke_others_of(user, kept); });
    }
    Done revoke_all_of(const UserId& user) override {
        return calls_.measure({System::store, "token_families.revoke_all_of"},
                              [&] { return port_->revoke_all_of(user); });
    }
    Result<app::FamilyStanding> standing(const TokenFamilyId& id) override {
        return calls_.measure({System::store, "token_families.standing"},
                              [&] { return port_->standing(id); });
    }
    Done forget_expired(Timestamp now) override {
        return calls_.measure({System::store, "token_families.forget_expired"},
                              [&] { return port_->forget_expired(now); });
    }

  private:
    std::unique_ptr<app::TokenFamilyStore> port_;
    Calls calls_;
};

}  // namespace

std::unique_ptr<app::UserStore> measured(std::unique_ptr<app::UserStore> port, Calls calls) {
    return port ? std::make_unique<MeasuredUsers>(std::move(port), calls) : nullptr;
}
std::unique_ptr<app::TokenFamilyStore> measured(std::unique_ptr<app::TokenFamilyStore> port, Calls calls) {
    return port ? std::make_unique<MeasuredTokenFamilies>(std::move(port), calls) : nullptr;
}

}  // namespace mim::observe
