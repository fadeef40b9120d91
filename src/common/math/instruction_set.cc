#include "common/math/instruction_set.h"

#include <hwy/targets.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string_view>

#include "common/support/error.h"

namespace wordkin {
namespace {

struct NamedTarget {
  std::string_view name;
  std::int64_t target;
};

// Highway falls back on the one or the other, according to the compiler.
constexpr std::int64_t kScalar = HWY_EMU128 | HWY_SCALAR;

// Best first. Highway compiles nothing of its own for AVX3_DL here: the name stands for AVX-512
// with the 8-bit dot product, which the int8 scan uses.
constexpr NamedTarget kTargets[] = {
    {"avx512vnni", HWY_AVX3_DL}, {"avx512", HWY_AVX3}, {"avx2", HWY_AVX2},  {"sse4", HWY_SSE4},
    {"ssse3", HWY_SSSE3},        {"neon", HWY_NEON},   {"scalar", kScalar},
};

constexpr std::int64_t kNoneDisabled = 0;

std::int64_t DetectedTargets() {
  hwy::DisableTargets(kNoneDisabled);
  return hwy::SupportedTargets() | kScalar;
}

const NamedTarget*& Active() {
  static const NamedTarget* active = nullptr;
  return active;
}

void Activate(const NamedTarget& chosen) {
  std::int64_t better = 0;
  for (const NamedTarget* target = kTargets; target != &chosen; ++target) better |= target->target;
  hwy::DisableTargets(better);
  Active() = &chosen;
}

const NamedTarget& Best() {
  const std::int64_t detected = DetectedTargets();
  return *std::find_if(std::begin(kTargets), std::end(kTargets),
                       [&](const NamedTarget& target) { return (detected & target.target) != 0; });
}

}  // namespace

std::string ActiveInstructionSet() {
  static std::once_flag chosen;
  std::call_once(chosen, [] {
    if (Active() == nullptr) Activate(Best());
  });
  return std::string(Active()->name);
}

std::vector<std::string> AvailableInstructionSets() {
  const NamedTarget* const active = Active();
  const std::int64_t detected = DetectedTargets();
  if (active != nullptr) Activate(*active);
  std::vector<std::string> names;
  for (const NamedTarget& target : kTargets) {
    if ((detected & target.target) != 0) names.emplace_back(target.name);
  }
  return names;
}

void UseInstructionSet(const std::string& name) {
  const std::vector<std::string> available = AvailableInstructionSets();
  if (std::find(available.begin(), available.end(), name) == available.end()) {
    std::string list;
    for (const std::string& each : available) list += (list.empty() ? "" : ", ") + each;
    throw Error(ErrorKind::kUsage, "cannot use the instruction set '" + name +
                                       "': this processor and program have " + list);
  }
  Activate(*std::find_if(std::begin(kTargets), std::end(kTargets),
                         [&](const NamedTarget& target) { return target.name == name; }));
}

void UseInstructionSetFromEnvironment() {
  const char* const name = std::getenv("WORDKIN_INSTRUCTION_SET");
  if (name != nullptr && *name != '\0') UseInstructionSet(name);
}

}  // namespace wordkin
