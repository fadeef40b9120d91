#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/support/error.h"

namespace wordkin {

// What a reader does about a row that is wrong: refuse the file, or leave the row out.
enum class FaultPolicy { kRefuse, kSkip };

enum class RowFault { kRepeatedWord, kBadWord, kBadValue, kTooFewValues, kTooManyValues };
inline constexpr std::size_t kRowFaultCount = 5;

// The rows that a reader left out.
struct SkippedRows {
  struct Kind {
    std::uint64_t count = 0;
    std::string first;  // "line 7: the word is missing"
  };
  std::array<Kind, kRowFaultCount> kinds;
  // What the file says of its number of rows when that is wrong, "" when it is right.
  std::string mended_count;

  std::uint64_t total() const;
  const Kind& Of(RowFault fault) const { return kinds[static_cast<std::size_t>(fault)]; }
  // 'later' comes behind this in the file.
  void Merge(const SkippedRows& later);
};

// What readers tell of rows that are wrong.
class FaultLog {
 public:
  // 'unit' is what positions count: "line", "byte" or "row". All but the policy outlive this.
  FaultLog(const std::string& path, std::string_view unit, FaultPolicy policy, SkippedRows& skipped)
      : path_(path), unit_(unit), policy_(policy), skipped_(skipped) {}

  FaultPolicy policy() const { return policy_; }
  bool skips() const { return policy_ == FaultPolicy::kSkip; }
  std::string_view unit() const { return unit_; }
  const std::string& path() const { return path_; }
  // kRefuse: throws kDamaged. kSkip: counts the row as left out.
  void Row(RowFault fault, std::uint64_t position, const std::string& reason) const;
  // The same for a number of rows that the file promises and does not have.
  void RowCount(std::uint64_t position, const std::string& reason) const;
  // False, once the fault is told, for a word that no vocabulary can hold: empty, ill-formed UTF-8.
  bool CheckWord(std::string_view word, std::uint64_t position) const;

 private:
  const std::string& path_;
  std::string_view unit_;
  FaultPolicy policy_;
  SkippedRows& skipped_;
};

// Error of kind kDamaged: "cannot read 'PATH': UNIT POSITION: REASON".
Error DamagedAt(const std::string& path, std::string_view unit, std::uint64_t position,
                const std::string& reason);

}  // namespace wordkin
