#include "contextual/tokenizers/piece_tokenizer.h"

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

#include "common/support/error.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_characters.h"
#include "contextual/tokenizers/byte_characters.h"

namespace wordkin::contextual {
namespace {

// How many characters at the front are white space, and their bytes.
struct Blanks {
  std::size_t characters = 0;
  std::size_t bytes = 0;
};

Blanks LeadingBlanks(std::string_view text) {
  Blanks blanks;
  while (blanks.bytes < text.size()) {
    const DecodedCodePoint decoded = DecodeUtf8(text.substr(blanks.bytes));
    if (!IsWhiteSpace(decoded.code_point)) break;
    ++blanks.characters;
    blanks.bytes += decoded.length;
  }
  return blanks;
}

// Of a piece of byte-level BPE, in which a blank is written as kBlankAsCharacter.
std::size_t LeadingByteBlanks(std::string_view piece) {
  std::size_t count = 0;
  for (; piece.starts_with(kBlankAsCharacter); ++count) {
    piece.remove_prefix(kBlankAsCharacter.size());
  }
  return count;
}

std::size_t TrailingByteBlanks(std::string_view piece) {
  std::size_t count = 0;
  for (; piece.ends_with(kBlankAsCharacter); ++count) {
    piece.remove_suffix(kBlankAsCharacter.size());
  }
  return count;
}

// Places in it have 32 bits.
void RequireShort(std::string_view text) {
  if (text.size() < std::numeric_limits<std::uint32_t>::max()) return;
  throw Error(ErrorKind::kUsage, "cannot tokenize a text of 4 GiB or more at once");
}

AddedTokens TokensOf(const std::vector<AddedToken>& tokens, bool normalized,
                     const Normalizer* normalizer) {
  std::vector<AddedToken> chosen;
  std::vector<std::string> spellings;
  std::unordered_set<std::string> seen;
  for (const AddedToken& token : tokens) {
    if (token.normalized != normalized) continue;
    std::string spelling = token.content;
    if (normalized && normalizer != nullptr) {
      spelling = normalizer->Normalize(AlignedText(token.content, 0, token.content.size())).text();
    }
    if (!seen.insert(spelling).second && !spelling.empty()) {
      throw Error(ErrorKind::kDamaged,
                  "two added tokens are written alike: " + QuoteExcerpt(spelling));
    }
    chosen.push_back(token);
    spellings.push_back(std::move(spelling));
  }
  return AddedTokens(std::move(chosen), spellings);
}

}  // namespace

std::size_t PieceTokenizerParts::vocabulary_size() const {
  std::size_t size = model->vocabulary_size();
  for (const AddedToken& token : added_tokens) {
    size = std::max(size, static_cast<std::size_t>(token.id) + 1);
  }
  return size;
}

// One text on its way.
class PieceTokenizer::Run {
 public:
  Run(const PieceTokenizer& tokenizer, std::string_view text)
      : parts_(tokenizer.parts_), tokenizer_(tokenizer), text_(text) {}

  TokenizedText Take() {
    for (const SpecialPiece& special : parts_.post_processing.leading) {
      Add(special.id, special.piece, {0, 0}, kNoWord);
    }
    result_.leading = result_.size();
    std::size_t position = 0;
    for (const AddedTokenMatch& match : tokenizer_.plain_tokens_.FindAll(text_)) {
      TakeText(position, match.range.begin);
      AddToken(match, match.range);
      position = match.range.end;
    }
    TakeText(position, text_.size());
    for (const SpecialPiece& special : parts_.post_processing.trailing) {
      Add(special.id, special.piece, {0, 0}, kNoWord);
    }
    result_.trailing = parts_.post_processing.trailing.size();
    return std::move(result_);
  }

 private:
  void TakeText(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    AlignedText text(text_, begin, end);
    if (parts_.normalizer) text = parts_.normalizer->Normalize(text);
    RequireShort(text.text());
    const auto matches = tokenizer_.normalized_tokens_.FindAll(text.text());
    if (matches.empty()) return TakeNormalized(std::move(text), begin == 0);
    std::size_t position = 0;
    const auto take_up_to = [&](std::size_t limit) {
      AlignedText part;
      part.Append(text, position, limit);
      TakeNormalized(std::move(part), begin == 0 && position == 0);
    };
    for (const AddedTokenMatch& match : matches) {
      take_up_to(match.range.begin);
      AddToken(match, text.SourceOf(match.range.begin, match.range.end));
      position = match.range.end;
    }
    take_up_to(text.size());
  }

  void TakeNormalized(AlignedText text, bool begins_whole) {
    if (text.empty()) return;
    SplitText split;
    split.words = {{0, text.size()}};
    split.text = std::move(text);
    split.begins_whole = begins_whole;
    if (parts_.pre_tokenizer) split = parts_.pre_tokenizer->Split(std::move(split));
    RequireShort(split.text.text());
    for (const ByteRange word : split.words) TakeWord(split.text, word);
  }

  void TakeWord(const AlignedText& text, ByteRange range) {
    const std::string_view word = text.text().substr(range.begin, range.end - range.begin);
    word_parts_.clear();
    parts_.model->Cut(word, word_parts_);
    for (const WordPart& part : word_parts_) {
      const std::string_view piece = parts_.model->Spelling(part, word);
      ByteRange source = text.SourceOf(range.begin + part.begin, range.begin + part.end);
      if (parts_.post_processing.trims_offsets) Trim(piece, source);
      Add(part.id, piece, source, word_number_);
    }
    ++word_number_;
  }

  // Blank by blank; one that the tokenizer put there is none in the text, and leaves nothing of it.
  void Trim(std::string_view piece, ByteRange& source) const {
    std::size_t leading = LeadingByteBlanks(piece);
    std::size_t trailing = TrailingByteBlanks(piece);
    if (leading == 1 && IsAtBeginning(source)) leading = 0;
    while (leading-- > 0 && source.begin < source.end && text_[source.begin] == ' ') ++source.begin;
    while (trailing-- > 0 && source.begin < source.end) {
      source.end = text_[source.end - 1] == ' ' ? source.end - 1 : source.begin;
    }
  }

  bool IsAtBeginning(ByteRange source) const {
    return parts_.post_processing.adds_prefix_space &&
           (source.begin == 0 || result_.size() == result_.leading);
  }

  void AddToken(const AddedTokenMatch& match, ByteRange source) {
    if (parts_.post_processing.trims_offsets) {
      const std::string_view written = text_.substr(source.begin, source.end - source.begin);
      const Blanks blanks = LeadingBlanks(written);
      if (blanks.characters != 1 || !IsAtBeginning(source)) source.begin += blanks.bytes;
      while (source.end > source.begin && IsBlankBefore(source.end))
        source.end = BeginOfLast(source);
    }
    Add(match.token->id, match.token->content, source, word_number_++);
  }

  std::size_t BeginOfLast(ByteRange source) const {
    std::size_t begin = source.end - 1;
    while (begin > source.begin && (static_cast<unsigned char>(text_[begin]) & 0xC0) == 0x80) {
      --begin;
    }
    return begin;
  }

  bool IsBlankBefore(std::size_t end) const {
    const std::size_t begin = BeginOfLast({0, end});
    return IsWhiteSpace(DecodeUtf8(text_.substr(begin, end - begin)).code_point);
  }

  void Add(std::int32_t id, std::string_view piece, ByteRange source, std::int32_t word) {
    result_.ids.push_back(id);
    result_.pieces.emplace_back(piece);
    result_.offsets.push_back(source);
    result_.words.push_back(word);
  }

  const PieceTokenizerParts& parts_;
  const PieceTokenizer& tokenizer_;
  std::string_view text_;
  TokenizedText result_;
  std::vector<WordPart> word_parts_;
  std::int32_t word_number_ = 0;
};

PieceTokenizer::PieceTokenizer(PieceTokenizerParts parts)
    : parts_(std::move(parts)),
      plain_tokens_(TokensOf(parts_.added_tokens, false, nullptr)),
      normalized_tokens_(TokensOf(parts_.added_tokens, true, parts_.normalizer.get())),
      vocabulary_size_(parts_.vocabulary_size()) {}

TokenizedText PieceTokenizer::Tokenize(std::string_view text) const {
  RequireShort(text);
  return Run(*this, text).Take();
}

}  // namespace wordkin::contextual
