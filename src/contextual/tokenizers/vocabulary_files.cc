#include "contextual/tokenizers/vocabulary_files.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "common/support/error.h"
#include "common/support/mapped_file.h"
#include "common/text/printable.h"
#include "common/text/utf8.h"
#include "contextual/tokenizers/bert_normalizer.h"
#include "contextual/tokenizers/bert_pre_tokenizer.h"
#include "contextual/tokenizers/build_vocabulary.h"
#include "contextual/tokenizers/byte_level_pre_tokenizer.h"
#include "contextual/tokenizers/byte_pair_model.h"
#include "contextual/tokenizers/named_errors.h"
#include "contextual/tokenizers/piece_tokenizer.h"
#include "contextual/tokenizers/tokenizer_config.h"
#include "contextual/tokenizers/tokenizer_json.h"
#include "contextual/tokenizers/word_piece_model.h"

namespace wordkin::contextual {
namespace {

std::string Quoted(const std::string& path) { return "'" + path + "'"; }

std::string_view WithoutWhiteSpaceBehind(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r\n\v\f") + 1);
}

// Calls visit(line number from 1, line) for the lines up to the last that is not blank.
template <typename Visitor>
void ForEachLine(std::string_view text, const std::string& name, const Visitor& visit) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::kDamaged, name + " is larger than any vocabulary");
  }
  text = WithoutWhiteSpaceBehind(text);
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(++number, WithoutWhiteSpaceBehind(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

[[noreturn]] void RefuseLine(const std::string& name, std::size_t number,
                             const std::string& reason) {
  throw Error(ErrorKind::kDamaged, name + ": line " + std::to_string(number) + " " + reason);
}

// The id of a piece that goes around each text.
SpecialPiece Special(const PieceModel& model, const std::string& piece, const std::string& name) {
  if (const auto id = model.Find(piece)) return {*id, piece};
  throw Error(ErrorKind::kDamaged, name + ": the vocabulary lacks the piece " +
                                       QuoteExcerpt(piece) + ", which belongs to every text");
}

}  // namespace

PieceList<std::int32_t> ParsePieceLines(std::string_view text, const std::string& name) {
  PieceList<std::int32_t> pieces;
  ForEachLine(text, name, [&](std::size_t number, std::string_view line) {
    if (line.empty()) RefuseLine(name, number, "is empty, where a piece is due");
    if (!IsValidUtf8(line)) RefuseLine(name, number, "is no UTF-8");
    pieces.Add(line, static_cast<std::int32_t>(pieces.size()));
  });
  return pieces;
}

PieceList<std::uint32_t> ParseMergeLines(std::string_view text, const std::string& name) {
  PieceList<std::uint32_t> merges;
  ForEachLine(text, name, [&](std::size_t number, std::string_view line) {
    if (number == 1 && line.starts_with("#version")) return;
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || blank == 0 ||
        line.find(' ', blank + 1) != std::string_view::npos) {
      RefuseLine(name, number, "is no pair of pieces with one blank between them");
    }
    if (!IsValidUtf8(line)) RefuseLine(name, number, "is no UTF-8");
    merges.Add(std::string(line.substr(0, blank)).append(line.substr(blank + 1)),
               static_cast<std::uint32_t>(blank));
  });
  return merges;
}

std::unique_ptr<const Tokenizer> ReadBertTokenizer(const std::string& folder) {
  const std::string path = folder + "/vocab.txt";
  const TokenizerConfig config(folder,
                               {"BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer"});
  if (!config.FlagOr("do_basic_tokenize", true)) {
    config["do_basic_tokenize"].Refuse("is false, which this program does not do");
  }
  if (!config["never_split"].IsNull() && !config["never_split"].Elements().empty()) {
    config["never_split"].Refuse("is not empty, which this program does not do");
  }
  const MappedFile file(path);
  return Named(Quoted(path), [&] {
    PieceList<std::int32_t> pieces = ParsePieceLines(file.text(), Quoted(path));
    PieceTokenizerParts parts;
    parts.added_tokens = config.AddedTokensOf(pieces, {{"pad_token", "[PAD]"},
                                                       {"unk_token", "[UNK]"},
                                                       {"cls_token", "[CLS]"},
                                                       {"sep_token", "[SEP]"},
                                                       {"mask_token", "[MASK]"}});
    BertNormalizerOptions options;
    options.lowercase = config.FlagOr("do_lower_case", true);
    options.strip_accents = config.FlagOr("strip_accents", options.lowercase);
    options.handle_chinese_chars = config.FlagOr("tokenize_chinese_chars", true);
    parts.normalizer = std::make_unique<BertNormalizer>(options);
    parts.pre_tokenizer = std::make_unique<BertPreTokenizer>();
    WordPieceOptions model_options;
    model_options.unknown_piece = config.TokenOr("unk_token", "[UNK]");
    parts.model = std::make_unique<WordPieceModel>(
        PiecesById(std::move(pieces), parts.added_tokens), model_options);
    const auto special = [&](const char* key, const char* fallback) {
      return Special(*parts.model, config.TokenOr(key, fallback), Quoted(path));
    };
    parts.post_processing.leading = {special("cls_token", "[CLS]")};
    parts.post_processing.trailing = {special("sep_token", "[SEP]")};
    return std::make_unique<PieceTokenizer>(std::move(parts));
  });
}

std::unique_ptr<const Tokenizer> ReadByteLevelTokenizer(const std::string& folder) {
  const std::string path = folder + "/vocab.json";
  const std::string merges_path = folder + "/merges.txt";
  const TokenizerConfig config(folder, {"GPT2Tokenizer", "RobertaTokenizer"});
  const MappedFile merges_file(merges_path);
  const PieceList<std::uint32_t> merges = ParseMergeLines(merges_file.text(), Quoted(merges_path));
  const MappedFile file(path);
  PieceList<std::int32_t> pieces = ParsePiecesJson(file.text(), Quoted(path));
  return Named(Quoted(path), [&] {
    PieceTokenizerParts parts;
    parts.added_tokens = config.AddedTokensOf(pieces, {{"bos_token", "<s>"},
                                                       {"pad_token", "<pad>"},
                                                       {"eos_token", "</s>"},
                                                       {"unk_token", "<unk>"},
                                                       {"unk_token", "<|endoftext|>"},
                                                       {"mask_token", "<mask>"}});
    // RoBERTa's own tokenizer takes the blank before a mask into it.
    for (AddedToken& token : parts.added_tokens) {
      if (token.content == "<mask>") token.strips_left = true;
    }
    const bool adds_prefix_space = config.FlagOr("add_prefix_space", false);
    parts.pre_tokenizer = std::make_unique<ByteLevelPreTokenizer>(adds_prefix_space, true);
    parts.model = std::make_unique<BytePairModel>(PiecesById(std::move(pieces), parts.added_tokens),
                                                  merges, BytePairOptions());
    const std::string begin = config.TokenOr("bos_token", "<s>");
    const std::string end = config.TokenOr("eos_token", "</s>");
    const bool is_roberta = begin != end && parts.model->Find(begin) && parts.model->Find(end);
    if (is_roberta) {
      parts.post_processing.leading = {Special(*parts.model, begin, Quoted(path))};
      parts.post_processing.trailing = {Special(*parts.model, end, Quoted(path))};
      parts.post_processing.trims_offsets = true;
      parts.post_processing.adds_prefix_space = adds_prefix_space;
    }
    return std::make_unique<PieceTokenizer>(std::move(parts));
  });
}

}  // namespace wordkin::contextual
