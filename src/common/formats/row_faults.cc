#include "common/formats/row_faults.h"

#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin {
namespace {

std::string AtPosition(std::string_view unit, std::uint64_t position, const std::string& reason) {
  return std::string(unit) + " " + std::to_string(position) + ": " + reason;
}

}  // namespace

std::uint64_t SkippedRows::total() const {
  std::uint64_t total = 0;
  for (const Kind& kind : kinds) total += kind.count;
  return total;
}

void SkippedRows::Merge(const SkippedRows& later) {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i].count == 0) kinds[i].first = later.kinds[i].first;
    kinds[i].count += later.kinds[i].count;
  }
  if (mended_count.empty()) mended_count = later.mended_count;
}

void FaultLog::Row(RowFault fault, std::uint64_t position, const std::string& reason) const {
  if (!skips()) throw DamagedAt(path_, unit_, position, reason);
  SkippedRows::Kind& kind = skipped_.kinds[static_cast<std::size_t>(fault)];
  if (kind.count++ == 0) kind.first = AtPosition(unit_, position, reason);
}

void FaultLog::RowCount(std::uint64_t position, const std::string& reason) const {
  if (!skips()) throw DamagedAt(path_, unit_, position, reason);
  skipped_.mended_count = AtPosition(unit_, position, reason);
}

bool FaultLog::CheckWord(std::string_view word, std::uint64_t position) const {
  if (word.empty()) {
    Row(RowFault::kBadWord, position, "the word is missing");
    return false;
  }
  if (!IsValidUtf8(word)) {
    Row(RowFault::kBadWord, position, "the word " + QuoteExcerpt(word) + " is not valid UTF-8");
    return false;
  }
  return true;
}

Error DamagedAt(const std::string& path, std::string_view unit, std::uint64_t position,
                const std::string& reason) {
  return Error(ErrorKind::kDamaged,
               "cannot read '" + path + "': " + AtPosition(unit, position, reason));
}

}  // namespace wordkin
