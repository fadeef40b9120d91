#include "common/formats/foreign_rows.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>

#include "common/text/printable.h"

namespace wordkin {
namespace {

void LeaveOutRepeatedWords(ForeignRows& found, const FaultLog& log) {
  std::unordered_map<std::string_view, std::size_t> first_rows;
  first_rows.reserve(found.words.size());
  for (std::size_t row = 0; row < found.words.size(); ++row) {
    std::string_view& word = found.words[row];
    if (word.data() == nullptr) continue;
    const auto [earlier, is_new] = first_rows.emplace(word, row);
    if (is_new) continue;
    log.Row(RowFault::kRepeatedWord, found.positions[row],
            "the word " + QuoteExcerpt(word) + " was already at " + std::string(log.unit()) + " " +
                std::to_string(found.positions[earlier->second]));
    word = {};
  }
}

template <typename Value>
void PutInOrder(std::vector<Value>& values, const std::vector<std::size_t>& order) {
  std::vector<Value> ordered;
  ordered.reserve(order.size());
  for (const std::size_t row : order) ordered.push_back(values[row]);
  values = std::move(ordered);
}

// Moves the rows that are kept to the front.
void CloseGaps(ForeignRows& found) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row < found.words.size(); ++row) {
    if (found.words[row].data() == nullptr) continue;
    if (kept != row) {
      found.words[kept] = found.words[row];
      found.positions[kept] = found.positions[row];
      if (!found.counts.empty()) found.counts[kept] = found.counts[row];
      std::ranges::copy(found.rows.Row(row), found.rows.Row(kept).begin());
    }
    ++kept;
  }
  found.words.resize(kept);
  found.rows.DropRowsFrom(kept);
}

std::vector<Vocabulary::Entry> EntriesOf(const ForeignRows& found) {
  std::vector<Vocabulary::Entry> entries;
  entries.reserve(found.words.size());
  for (std::size_t row = 0; row < found.words.size(); ++row) {
    entries.push_back(
        {std::string(found.words[row]), found.counts.empty() ? 0 : found.counts[row]});
  }
  return entries;
}

}  // namespace

Error NoSoundRow(const std::string& path) {
  return Error(ErrorKind::kDamaged, "cannot read '" + path + "': no row of it is sound");
}

std::vector<std::size_t> OrderByCount(ForeignRows& found, const FaultLog& log) {
  if (std::ranges::is_sorted(found.counts, std::greater<>())) return {};
  // As long as the earlier of two places is that of the file.
  LeaveOutRepeatedWords(found, log);
  std::vector<std::size_t> order(found.words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](std::size_t row) { return found.counts[row]; });
  PutInOrder(found.words, order);
  PutInOrder(found.positions, order);
  PutInOrder(found.counts, order);
  found.rows = InOrder(std::move(found.rows), order);
  return order;
}

AlignedMatrix InOrder(AlignedMatrix rows, const std::vector<std::size_t>& order) {
  if (order.empty() || rows.row_count() == 0) return rows;
  AlignedMatrix ordered(order.size(), rows.dimension());
  for (std::size_t row = 0; row < order.size(); ++row) {
    std::ranges::copy(rows.Row(order[row]), ordered.Row(row).begin());
  }
  return ordered;
}

Vocabulary BuildVocabulary(ForeignRows& found, const FaultLog& log) {
  try {
    return Vocabulary(EntriesOf(found));
  } catch (const Error& error) {
    // The vocabulary finds repetitions on its way; only then is it worth a second pass to name the
    // places.
    if (error.kind() == ErrorKind::kDamaged) LeaveOutRepeatedWords(found, log);
    throw;
  }
}

EmbeddingTable AssembleTable(ForeignRows&& found, const FaultLog& log) {
  if (log.skips()) LeaveOutRepeatedWords(found, log);
  CloseGaps(found);
  if (found.words.empty()) throw NoSoundRow(log.path());
  OrderByCount(found, log);
  Vocabulary vocabulary = BuildVocabulary(found, log);
  return {std::move(vocabulary), std::move(found.rows)};
}

}  // namespace wordkin
