#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wordkin::cli {

// The whole text as a decimal number; nullopt for anything else ("5x", "", " 5", "0x10") and for
// what does not fit. Reals are finite: no "nan", no "inf".
std::optional<std::uint64_t> ParseInteger(std::string_view text);
std::optional<double> ParseReal(std::string_view text);
// Seconds of "90", "90s", "10m" or "2h"; nullopt for anything else, and for none at all.
std::optional<double> ParseDuration(std::string_view text);

// Numbers as people read them.
std::string WithThousands(std::uint64_t number);  // "71,290"
std::string HumanBytes(std::uint64_t bytes);      // "812 bytes", "3.1 kB", "29 MB" (powers of 1000)
std::string HumanSeconds(double seconds);    // "0.42 s", "3.2 s", "38 s", "4 min 12 s", "2 h 5 min"
std::string HumanQuantity(double quantity);  // "870", "12 k", "1.9 M"
std::string ShortNumber(double number);      // "0.0001", "1e-06", "10"
std::string FixedPoint(double number, int decimals);  // "0.7654"

// "1 word", "2 words": the number with thousands and its noun.
std::string Counted(std::uint64_t number, std::string_view singular, std::string_view plural);

}  // namespace wordkin::cli
