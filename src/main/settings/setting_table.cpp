#include "main/settings/setting_table.hpp"

#include <algorithm>
#include <array>

namespace mim::main {
namespace {

std::string joined(const std::vector<std::string>& texts, const std::string& between) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : between) + text;
    return all;
}

}  // namespace

Setting& SettingTable::add_other(const std::string& flag, const std::string& kind,
                                 const std::string& expected, const std::string& help,
                                 std::function<bool(const std::string&)> take) {
    Setting row;
    row.flag = flag;
    row.variable = variable_of(flag);
    row.kind = kind;
    row.expected = expected;
    row.help = help;
    row.take = std::move(take);
    rows_.push_back(std::move(row));
    return rows_.back();
}

Setting& SettingTable::add_text(const std::string& flag, std::string& value, const std::string& help) {
    const auto take = [&value](const std::string& text) {
        value = text;
        return true;
    };
    Setting& row = add_other(flag, "TEXT", "a text", help, take);
    row.default_text = value;
    return row;
}

Setting& SettingTable::add_path(const std::string& flag, std::string& value, const std::string& help) {
    Setting& row = add_text(flag, value, help);
    row.kind = "PATH";
    return row;
}

Setting& SettingTable::add_path(const std::string& flag, std::filesystem::path& value,
                                const std::string& help) {
    const auto take = [&value](const std::string& text) {
        value = text;
        return true;
    };
    Setting& row = add_other(flag, "PATH", "a path", help, take);
    row.default_text = value.string();
    return row;
}

Setting& SettingTable::add_secret(const std::string& flag, Secret& value, const std::string& help,
                                  const std::string& kind) {
    const auto take = [&value](const std::string& text) {
        value = Secret(text);
        return true;
    };
    Setting& row = add_other(flag, kind, "a text", help, take);
    row.shown = Shown::masked;
    return row;
}

Setting& SettingTable::add_endpoint(const std::string& flag, std::string& host, std::uint16_t& port,
                                    const std::string& help) {
    const auto take = [&host, &port](const std::string& text) {
        const auto endpoint = parse_endpoint(text);
        if (!endpoint) return false;
        host = endpoint->host;
        port = endpoint->port;
        return true;
    };
    const std::string now = Endpoint{host, port}.text();
    Setting& row = add_other(flag, "HOST:PORT", "HOST:PORT, for example " + now, help, take);
    row.default_text = now;
    return row;
}

Setting& SettingTable::add_list(const std::string& flag, std::vector<std::string>& values,
                                const std::string& help) {
    const auto take = [&values](const std::string& text) {
        for (std::size_t begin = 0; begin <= text.size();) {
            const std::size_t end = std::min(text.find(',', begin), text.size());
            if (end > begin) values.push_back(text.substr(begin, end - begin));
            begin = end + 1;
        }
        return true;
    };
    Setting& row = add_other(flag, "LIST", "a list with commas in between", help, take);
    row.times = Times::many;
    row.default_text = joined(values, ",");
    return row;
}

Setting& SettingTable::add_share(const std::string& flag, double& value, const std::string& help) {
    const auto take = [&value](const std::string& text) {
        const auto number = parse_number<double>(text);
        const bool fits = number && *number >= 0 && *number <= 1;
        if (fits) value = *number;
        return fits;
    };
    Setting& row = add_other(flag, "NUMBER", "a number from 0 to 1", help, take);
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    row.default_text.assign(text.data(), end);
    return row;
}

Setting& SettingTable::add_milliseconds(const std::string& flag, std::chrono::milliseconds& value,
                                        const std::string& help, std::int64_t least, std::int64_t most) {
    const auto store = [&value](std::int64_t number) { value = std::chrono::milliseconds(number); };
    return add_number(flag, help, {least, most}, value.count(), store);
}

Setting& SettingTable::add_number(const std::string& flag, const std::string& help, Limits limits,
                                  std::int64_t now, std::function<void(std::int64_t)> store) {
    const auto take = [limits, store = std::move(store)](const std::string& text) {
        const auto number = parse_number<std::int64_t>(text);
        const bool fits = number && *number >= limits.least && *number <= limits.most;
        if (fits) store(*number);
        return fits;
    };
    const std::string expected =
        "a whole number from " + std::to_string(limits.least) + " to " + std::to_string(limits.most);
    Setting& row = add_other(flag, "NUMBER", expected, help, take);
    row.default_text = std::to_string(now);
    return row;
}

Setting& SettingTable::add_one_of(const std::string& flag, const std::vector<std::string>& names,
                                  const std::string& now, const std::string& help,
                                  std::function<bool(const std::string&)> take) {
    Setting& row =
        add_other(flag, joined(names, "|"), "one of " + joined(names, ", "), help, std::move(take));
    row.default_text = now;
    return row;
}

}  // namespace mim::main
