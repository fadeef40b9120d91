#include "common/text/word_splitter.h"

#include <array>
#include <cstdint>

#include "common/text/ascii_words.h"
#include "common/text/utf8.h"
#include "common/text/word_characters.h"

namespace wordkin {
namespace {

enum class ByteKind : std::uint8_t { kOrdinary, kAlphanumeric, kUnicode, kSpace, kLineEnd, kNul };

constexpr std::array<ByteKind, 256> MakeByteKinds() {
  std::array<ByteKind, 256> kinds{};
  for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
    const bool alphanumeric = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                              (byte >= 'a' && byte <= 'z');
    kinds[byte] = byte >= 0x80   ? ByteKind::kUnicode
                  : alphanumeric ? ByteKind::kAlphanumeric
                                 : ByteKind::kOrdinary;
  }
  for (const char space : {' ', '\t', '\v', '\f'})
    kinds[static_cast<unsigned char>(space)] = ByteKind::kSpace;
  kinds['\n'] = kinds['\r'] = ByteKind::kLineEnd;
  kinds[0] = ByteKind::kNul;
  return kinds;
}

constexpr std::array<ByteKind, 256> kByteKinds = MakeByteKinds();

ByteKind KindAt(std::string_view text, std::size_t position) {
  return kByteKinds[static_cast<unsigned char>(text[position])];
}

bool IsAlphanumeric(std::string_view text, std::size_t position) {
  return position < text.size() && KindAt(text, position) == ByteKind::kAlphanumeric;
}

CharacterKind CharacterAt(std::string_view text, std::size_t position, TokenizerKind tokenizer) {
  if (position >= text.size()) return CharacterKind::kSeparator;
  return KindOfCharacter(DecodeUtf8(text.substr(position)).code_point, tokenizer);
}

void AppendLowerCase(std::string_view ascii, std::string& text) {
  const std::size_t old_size = text.size();
  text.append(ascii);
  for (std::size_t i = old_size; i < text.size(); ++i) {
    const char byte = text[i];
    text[i] = static_cast<char>(byte | (byte >= 'A' && byte <= 'Z' ? 0x20 : 0));
  }
}

}  // namespace

void WordSplitter::Split(std::string_view text, WordSink& sink) {
  arena_.Clear();
  switch (kind_) {
    case TokenizerKind::kWhitespace:
      return SplitAtWhitespace(text, sink);
    case TokenizerKind::kWords:
    case TokenizerKind::kCharacters:
      return SplitIntoWords(text, sink);
  }
}

void WordSplitter::SplitAtWhitespace(std::string_view text, WordSink& sink) {
  for (std::size_t position = 0; position < text.size();) {
    const bool begins_run = KindAt(text, position) <= ByteKind::kUnicode;
    position =
        begins_run ? TakeRun(text, position, sink) : TakeAsciiSeparator(text, position, sink);
  }
}

std::size_t WordSplitter::TakeRun(std::string_view text, std::size_t begin, WordSink& sink) {
  std::size_t end = EndOfPrintableAscii(text, begin);
  while (end < text.size() && KindAt(text, end) < ByteKind::kUnicode) {
    end = EndOfPrintableAscii(text, end + 1);
  }
  if (end < text.size() && KindAt(text, end) == ByteKind::kUnicode) {
    return TakeUnicodeRun(text, begin, end, sink);
  }
  if (end - begin <= kMaxCorpusWordBytes) {
    PassOn(text.substr(begin, end - begin), begin, end, sink);
  } else {
    ++notes_.long_words;
  }
  return end;
}

// 'end' is the first byte of the run above ASCII.
std::size_t WordSplitter::TakeUnicodeRun(std::string_view text, std::size_t begin, std::size_t end,
                                         WordSink& sink) {
  std::uint64_t ill_formed = 0;
  DecodedCodePoint last{0, 0, true};
  while (end < text.size() && KindAt(text, end) <= ByteKind::kUnicode) {
    last = DecodeUtf8(text.substr(end));
    if (IsWhitespace(last.code_point) || last.code_point == kByteOrderMark) break;
    if (!last.valid) ++ill_formed;
    end += last.length;
    last = {0, 0, true};
  }
  std::string_view word = text.substr(begin, end - begin);
  if (ill_formed > 0 && word.size() <= kMaxCorpusWordBytes) {
    scratch_ = RepairUtf8(word);
    word = scratch_.size() > kMaxCorpusWordBytes ? scratch_ : arena_.Keep(scratch_);
  }
  if (word.size() > kMaxCorpusWordBytes) {
    ++notes_.long_words;
  } else if (!word.empty()) {
    notes_.invalid_utf8 += ill_formed;
    PassOn(word, begin, end, sink);
  }
  if (last.length > 0) NoteSeparator(last.code_point, sink);
  return end + last.length;
}

void WordSplitter::SplitIntoWords(std::string_view text, WordSink& sink) {
  for (std::size_t position = 0; position < text.size();) {
    const ByteKind kind = KindAt(text, position);
    if (kind == ByteKind::kAlphanumeric) {
      position = TakeWord(text, position, sink);
    } else if (kind == ByteKind::kUnicode) {
      position = TakeUnicode(text, position, sink);
    } else {
      position = TakeAsciiSeparator(text, position, sink);
    }
  }
}

// What begins above ASCII: a word or a separator.
std::size_t WordSplitter::TakeUnicode(std::string_view text, std::size_t begin, WordSink& sink) {
  const DecodedCodePoint decoded = DecodeUtf8(text.substr(begin));
  const CharacterKind kind = KindOfCharacter(decoded.code_point, kind_);
  if (kind == CharacterKind::kUnspaced) return TakeUnspacedLetter(text, begin, sink);
  if (kind == CharacterKind::kLetter || kind == CharacterKind::kNumber) {
    return TakeUnicodeWord(text, begin, sink);
  }
  if (!decoded.valid) ++notes_.invalid_utf8;
  NoteSeparator(decoded.code_point, sink);
  return begin + decoded.length;
}

// Nearly every word of many languages is ASCII and ends at an ASCII byte.
std::size_t WordSplitter::TakeWord(std::string_view text, std::size_t begin, WordSink& sink) {
  char* const folded = arena_.Room();
  const std::size_t length = FoldAsciiWord(text.substr(begin), kMaxCorpusWordBytes, folded);
  const std::size_t end = begin + length;
  const bool ends_here =
      end == text.size() || (KindAt(text, end) != ByteKind::kUnicode && text[end] != '\'');
  if (length == 0 || length > kMaxCorpusWordBytes || !ends_here || IsAlphanumeric(text, end)) {
    return TakeUnicodeWord(text, begin, sink);
  }
  PassOn(arena_.Keep(length), begin, end, sink);
  return end;
}

// Folds the word while looking for its end; what can not be folded code point by code point is done
// again as a whole, which is rare outside of Indic scripts and decomposed accents.
std::size_t WordSplitter::TakeUnicodeWord(std::string_view text, std::size_t begin,
                                          WordSink& sink) {
  scratch_.clear();
  bool is_simple = true;
  CharacterKind before = CharacterKind::kSeparator;
  std::size_t end = begin;
  while (end < text.size()) {
    if (const std::size_t ascii_begin = end; IsAlphanumeric(text, end)) {
      while (IsAlphanumeric(text, end)) ++end;
      before = text[end - 1] <= '9' ? CharacterKind::kNumber : CharacterKind::kLetter;
      if (is_simple) AppendLowerCase(text.substr(ascii_begin, end - ascii_begin), scratch_);
      continue;
    }
    const DecodedCodePoint decoded = DecodeUtf8(text.substr(end));
    if (decoded.code_point < 0x80 && decoded.code_point != U'\'') break;
    const CharacterKind kind = KindOfCharacter(decoded.code_point, kind_);
    if (Separates(before, kind, CharacterAt(text, end + decoded.length, kind_))) break;
    const char32_t folded = SimpleFolding(decoded.code_point);
    is_simple = is_simple && folded != 0 && scratch_.size() <= kMaxCorpusWordBytes;
    if (is_simple) AppendUtf8(folded, scratch_);
    before = kind;
    end += decoded.length;
  }
  PassOnFolded(text, begin, end, is_simple, sink);
  return end;
}

std::size_t WordSplitter::TakeUnspacedLetter(std::string_view text, std::size_t begin,
                                             WordSink& sink) {
  const DecodedCodePoint letter = DecodeUtf8(text.substr(begin));
  std::size_t end = begin + letter.length;
  while (end < text.size() && KindAt(text, end) == ByteKind::kUnicode) {
    const DecodedCodePoint next = DecodeUtf8(text.substr(end));
    if (!ExtendsCharacter(next.code_point)) break;
    end += next.length;
  }
  scratch_.clear();
  const char32_t folded = SimpleFolding(letter.code_point);
  const bool is_simple = folded != 0 && end == begin + letter.length;
  if (is_simple) AppendUtf8(folded, scratch_);
  PassOnFolded(text, begin, end, is_simple, sink);
  return end;
}

// 'is_folded': scratch_ holds the folded word already.
void WordSplitter::PassOnFolded(std::string_view text, std::size_t begin, std::size_t end,
                                bool is_folded, WordSink& sink) {
  const std::string_view word = text.substr(begin, end - begin);
  if (!is_folded && word.size() <= kMaxCorpusWordBytes) {
    scratch_.clear();
    AppendFolded(word, scratch_);
  }
  if (word.size() > kMaxCorpusWordBytes || scratch_.size() > kMaxCorpusWordBytes) {
    ++notes_.long_words;
  } else {
    PassOn(arena_.Keep(scratch_), begin, end, sink);
  }
}

std::size_t WordSplitter::TakeAsciiSeparator(std::string_view text, std::size_t begin,
                                             WordSink& sink) {
  const ByteKind kind = KindAt(text, begin);
  if (kind == ByteKind::kLineEnd) {
    sink.OnLineEnd();
    if (text[begin] == '\r') ++notes_.carriage_returns;
    const bool is_crlf = text[begin] == '\r' && begin + 1 < text.size() && text[begin + 1] == '\n';
    return begin + (is_crlf ? 2 : 1);
  }
  if (kind == ByteKind::kNul) ++notes_.nul_bytes;
  return begin + 1;
}

void WordSplitter::NoteSeparator(char32_t code_point, WordSink& sink) {
  constexpr char32_t kLineSeparator = 0x2028;
  constexpr char32_t kParagraphSeparator = 0x2029;
  if (code_point == kByteOrderMark) ++notes_.byte_order_marks;
  if (code_point == kLineSeparator || code_point == kParagraphSeparator) sink.OnLineEnd();
}

}  // namespace wordkin
