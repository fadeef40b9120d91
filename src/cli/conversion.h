#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "common/store/store_format.h"

namespace wordkin::cli {

inline constexpr std::string_view kKinFormat = "kin";

struct ConversionPlan {
  std::string input;
  std::string from_format;  // "kin" or the name of a VectorFormat
  std::string output;
  std::string to_format;
};

struct ConversionResult {
  std::size_t word_count = 0;
  std::size_t dimension = 0;
  bool graph_left_out = false;
};

// Settles the formats: for "auto" the input's by content, the output's by extension. Throws
// kInputOutput or kDamaged for an input that cannot be read or is of no format known, kUsage for a
// format or extension that is not known and for a malformed SOURCE_DATE_EPOCH.
ConversionPlan PlanConversion(const std::string& input, const std::string& from,
                              const std::string& output, const std::string& to);

// Writes the output, whole or not at all; 'precision' is for a .kin output. A .kin input is
// verified first. 'stop' is looked at between steps: nullopt, and nothing written, once it is true.
std::optional<ConversionResult> Convert(const ConversionPlan& plan, Precision precision,
                                        const std::atomic<bool>& stop);

}  // namespace wordkin::cli
