#include "contextual/tokenizers/unigram_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"

namespace wordkin::contextual {
namespace {

[[noreturn]] void Refuse(const std::string& reason) { throw Error(ErrorKind::kDamaged, reason); }

std::vector<PieceTrie::Entry> EntriesOf(const PieceList<double>& pieces) {
  std::vector<PieceTrie::Entry> entries;
  entries.reserve(pieces.size());
  for (std::size_t id = 0; id < pieces.size(); ++id) {
    const std::string_view piece = pieces.Piece(id);
    if (piece.empty()) Refuse("piece " + std::to_string(id) + " of the vocabulary is empty");
    if (piece.size() > UnigramModel::kLongestPiece) {
      Refuse("piece " + std::to_string(id) + " of the vocabulary is longer than " +
             std::to_string(UnigramModel::kLongestPiece) + " bytes");
    }
    entries.push_back({piece, static_cast<std::int32_t>(id)});
  }
  return entries;
}

double LowestScore(const PieceList<double>& pieces) {
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t id = 0; id < pieces.size(); ++id) {
    if (!std::isfinite(pieces.ValueAt(id))) {
      Refuse("the score of the piece " + QuoteExcerpt(pieces.Piece(id)) + " is no number");
    }
    lowest = std::min(lowest, pieces.ValueAt(id));
  }
  return lowest;
}

}  // namespace

UnigramModel::UnigramModel(PieceList<double> pieces, std::optional<std::int32_t> unknown_id,
                           bool falls_back_to_bytes)
    : pieces_(std::move(pieces)),
      trie_(EntriesOf(pieces_)),
      unknown_id_(unknown_id),
      falls_back_to_bytes_(falls_back_to_bytes),
      unknown_score_(LowestScore(pieces_) - 10.0) {
  if (pieces_.size() == 0) Refuse("the vocabulary is empty");
  for (std::size_t id = 0; id < pieces_.size(); ++id) {
    const std::int32_t found = *Find(pieces_.Piece(id));
    if (static_cast<std::size_t>(found) == id) continue;
    Refuse("the piece " + QuoteExcerpt(pieces_.Piece(id)) + " has the ids " + std::to_string(id) +
           " and " + std::to_string(found));
  }
  if (unknown_id_ && static_cast<std::size_t>(*unknown_id_) >= pieces_.size()) {
    Refuse("unk_id is " + std::to_string(*unknown_id_) + ", but there are only " +
           std::to_string(pieces_.size()) + " pieces");
  }
}

std::optional<std::int32_t> UnigramModel::Find(std::string_view piece) const {
  PieceTrie::Node node = PieceTrie::kRoot;
  for (const char byte : piece) {
    node = trie_.Child(node, byte);
    if (node == PieceTrie::kNowhere) return std::nullopt;
  }
  const std::int32_t id = trie_.IdAt(node);
  return id == PieceTrie::kNoPiece ? std::nullopt : std::optional(id);
}

std::string_view UnigramModel::Spelling(const WordPart& part, std::string_view word) const {
  if (part.id == unknown_id_) return word.substr(part.begin, part.end - part.begin);
  return pieces_.Piece(static_cast<std::size_t>(part.id));
}

void UnigramModel::TakeStepsFrom(std::string_view word, std::uint32_t begin,
                                 std::vector<Step>& steps) const {
  const double score_here = steps[begin].score;
  const auto reach = [&](std::size_t end, double score, std::int32_t id) {
    Step& step = steps[end];
    if (step.begin == Step::kUnreached || score > step.score) step = {score, begin, id};
  };
  const std::size_t next = begin + DecodeUtf8(word.substr(begin)).length;
  bool has_character = false;
  PieceTrie::Node node = PieceTrie::kRoot;
  for (std::size_t end = begin; end < word.size();) {
    node = trie_.Child(node, word[end]);
    if (node == PieceTrie::kNowhere) break;
    ++end;
    const std::int32_t id = trie_.IdAt(node);
    if (id == PieceTrie::kNoPiece) continue;
    reach(end, score_here + pieces_.ValueAt(static_cast<std::size_t>(id)), id);
    has_character = has_character || end == next;
  }
  if (has_character) return;
  if (!unknown_id_) {
    Refuse("the tokenizer has no piece for " + QuoteExcerpt(word.substr(begin, next - begin)) +
           " and no unk_id for what it does not know");
  }
  reach(next, score_here + unknown_score_, *unknown_id_);
}

std::vector<UnigramModel::Step> UnigramModel::FindBestWay(std::string_view word) const {
  std::vector<Step> steps(word.size() + 1);
  for (std::size_t begin = 0; begin < word.size();) {
    TakeStepsFrom(word, static_cast<std::uint32_t>(begin), steps);
    begin += DecodeUtf8(word.substr(begin)).length;
  }
  return steps;
}

void UnigramModel::Cut(std::string_view word, std::vector<WordPart>& parts) const {
  const std::vector<Step> steps = FindBestWay(word);
  // From the end to the beginning, runs of unknown characters fused.
  std::vector<WordPart> backwards;
  for (auto end = static_cast<std::uint32_t>(word.size()); end > 0; end = steps[end].begin) {
    const Step& step = steps[end];
    const bool continues_unknown =
        step.id == unknown_id_ && !backwards.empty() && backwards.back().id == unknown_id_;
    if (continues_unknown) {
      backwards.back().begin = step.begin;
    } else {
      backwards.push_back({step.id, step.begin, end});
    }
  }
  for (auto part = backwards.rbegin(); part != backwards.rend(); ++part) {
    if (part->id == unknown_id_) {
      AddUnknown(word, part->begin, part->end, parts);
    } else {
      parts.push_back(*part);
    }
  }
}

// A run of unknown characters may be a piece as a whole after all, as the reference has it.
void UnigramModel::AddUnknown(std::string_view word, std::uint32_t begin, std::uint32_t end,
                              std::vector<WordPart>& parts) const {
  if (const auto id = Find(word.substr(begin, end - begin))) {
    parts.push_back({*id, begin, end});
  } else if (!falls_back_to_bytes_ || !AddBytes(word, begin, end, parts)) {
    parts.push_back({*unknown_id_, begin, end});
  }
}

bool UnigramModel::AddBytes(std::string_view word, std::uint32_t begin, std::uint32_t end,
                            std::vector<WordPart>& parts) const {
  const std::size_t first = parts.size();
  for (std::size_t position = begin; position < end; ++position) {
    std::array<char, 8> name;
    std::snprintf(name.data(), name.size(), "<0x%02X>", static_cast<unsigned char>(word[position]));
    const auto id = Find(name.data());
    if (!id) {
      parts.resize(first);
      return false;
    }
    parts.push_back({*id, begin, end});
  }
  return true;
}

}  // namespace wordkin::contextual
