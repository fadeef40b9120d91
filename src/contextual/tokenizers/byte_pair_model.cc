#include "contextual/tokenizers/byte_pair_model.h"

#include <queue>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin::contextual {

BytePairModel::BytePairModel(PieceIndex::Pieces pieces, const PieceList<std::uint32_t>& merges,
                             BytePairOptions options)
    : pieces_(std::move(pieces)),
      index_(pieces_),
      merges_(merges.size()),
      fuses_unknown_(options.fuses_unknown),
      ignores_merges_(options.ignores_merges) {
  for (std::size_t rank = 0; rank < merges.size(); ++rank) AddMerge(merges, rank);
  if (!options.unknown_piece) return;
  const std::optional<std::int32_t> unknown = Find(*options.unknown_piece);
  if (!unknown) {
    throw Error(ErrorKind::kDamaged, "the vocabulary lacks the piece for unknown characters, " +
                                         QuoteExcerpt(*options.unknown_piece));
  }
  unknown_id_ = *unknown;
}

void BytePairModel::AddMerge(const PieceList<std::uint32_t>& merges, std::size_t rank) {
  const std::string_view both = merges.Piece(rank);
  const std::string_view names[] = {both.substr(0, merges.ValueAt(rank)),
                                    both.substr(merges.ValueAt(rank)), both};
  std::int32_t ids[3];
  for (int i = 0; i < 3; ++i) {
    const std::optional<std::int32_t> id = Find(names[i]);
    if (!id) {
      throw Error(ErrorKind::kDamaged, "merge " + std::to_string(rank + 1) + ", of " +
                                           QuoteExcerpt(names[0]) + " and " +
                                           QuoteExcerpt(names[1]) + ", needs the piece " +
                                           QuoteExcerpt(names[i]) + ", which the vocabulary lacks");
    }
    ids[i] = *id;
  }
  if (!merges_.Insert(ids[0], ids[1], {static_cast<std::int32_t>(rank), ids[2]})) {
    throw Error(ErrorKind::kDamaged, "merge " + std::to_string(rank + 1) + ", of " +
                                         QuoteExcerpt(names[0]) + " and " + QuoteExcerpt(names[1]) +
                                         ", comes a second time");
  }
}

// One word on its way: its symbols as a linked list, and the merges that may be done by rank.
class BytePairModel::Merging {
 public:
  explicit Merging(const BytePairModel& model) : model_(model) {}

  void Take(std::string_view word) {
    for (std::size_t begin = 0; begin < word.size();) {
      const std::size_t end = begin + DecodeUtf8(word.substr(begin)).length;
      const auto id = model_.Find(word.substr(begin, end - begin));
      AddSymbol(id.value_or(model_.unknown_id_), begin, end, !id);
      begin = end;
    }
  }

  void MergeAll() {
    for (std::size_t i = 0; i + 1 < symbols_.size(); ++i) Propose(i);
    while (!candidates_.empty()) {
      const Candidate candidate = candidates_.top();
      candidates_.pop();
      Merge(candidate);
    }
  }

  void Write(std::vector<WordPart>& parts) const {
    for (const Symbol& symbol : symbols_) {
      if (!symbol.is_gone) parts.push_back({symbol.id, symbol.begin, symbol.end});
    }
  }

 private:
  static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
  struct Symbol {
    std::int32_t id;
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t before;
    std::uint32_t after;
    bool is_unknown;
    bool is_gone = false;
  };
  struct Candidate {
    std::int32_t rank;
    std::uint32_t symbol;
    std::int32_t merged;
    bool operator>(const Candidate& other) const {
      return rank != other.rank ? rank > other.rank : symbol > other.symbol;
    }
  };

  void AddSymbol(std::int32_t id, std::size_t begin, std::size_t end, bool is_unknown) {
    if (id < 0) return;
    if (is_unknown && model_.fuses_unknown_ && !symbols_.empty() && symbols_.back().is_unknown) {
      symbols_.back().end = static_cast<std::uint32_t>(end);
      return;
    }
    const auto index = static_cast<std::uint32_t>(symbols_.size());
    if (index > 0) symbols_.back().after = index;
    symbols_.push_back({id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                        index - 1, kNowhere, is_unknown});
  }

  // Of the symbol and the one behind it.
  void Propose(std::size_t index) {
    const Symbol& symbol = symbols_[index];
    if (symbol.after == kNowhere) return;
    if (const auto merge = model_.merges_.Find(symbol.id, symbols_[symbol.after].id)) {
      candidates_.push({merge->rank, static_cast<std::uint32_t>(index), merge->merged});
    }
  }

  // Unless one of the two has become another since it was proposed.
  void Merge(const Candidate& candidate) {
    Symbol& left = symbols_[candidate.symbol];
    if (left.is_gone || left.after == kNowhere) return;
    Symbol& right = symbols_[left.after];
    const auto merge = model_.merges_.Find(left.id, right.id);
    if (!merge || merge->merged != candidate.merged) return;
    left.id = candidate.merged;
    left.end = right.end;
    left.after = right.after;
    right.is_gone = true;
    if (left.after != kNowhere) symbols_[left.after].before = candidate.symbol;
    if (left.before != kNowhere) Propose(left.before);
    Propose(candidate.symbol);
  }

  const BytePairModel& model_;
  std::vector<Symbol> symbols_;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates_;
};

void BytePairModel::Cut(std::string_view word, std::vector<WordPart>& parts) const {
  if (ignores_merges_) {
    if (const auto id = Find(word)) {
      parts.push_back({*id, 0, static_cast<std::uint32_t>(word.size())});
      return;
    }
  }
  Merging merging(*this);
  merging.Take(word);
  merging.MergeAll();
  merging.Write(parts);
}

}  // namespace wordkin::contextual
