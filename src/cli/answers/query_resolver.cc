#include "cli/answers/query_resolver.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "cli/answers/left_out_words.h"
#include "cli/answers/query_lines.h"
#include "cli/numbers.h"
#include "cli/suggest.h"
#include "common/math/vector_kernels.h"
#include "common/text/printable.h"
#include "contextual/tokenizers/word_tokenizer.h"

namespace wordkin::cli {
namespace {

// What to do with a word that is none: of an expression in quotes the program sees one word.
std::string SignHint(const std::string& word, const QueryShape& shape) {
  if (shape.kind != QueryKind::kOneWord || !shape.may_be_expression) return "";
  const std::vector<std::string> parts = SplitWords(word);
  if (std::ranges::none_of(parts, IsSign)) return "";
  if (parts.size() == 1) return "signs stand between words";
  return "words with + or - between them are asked with --query expression";
}

// A number, but one that 64 bits cannot hold.
bool IsBeyondReals(const std::string& text) {
  double ignored = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ignored);
  return error == std::errc::result_out_of_range && end == text.data() + text.size();
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + Printable(word);
  return text;
}

// What the rows of a store go by: words, or the ids of documents.
std::string CountedNames(const EmbeddingStore& store) {
  return store.texts() == nullptr ? Counted(store.size(), "word", "words")
                                  : Counted(store.size(), "document id", "document ids");
}

}  // namespace

// Why a query has no answer.
struct QueryResolver::Fault {
  std::string reason;     // of a JSON object
  std::string in_line;    // behind a line of a batch
  std::string complaint;  // about a query of the command line
  std::string word = {};  // that is at fault
  std::optional<std::vector<std::string>> suggestions = std::nullopt;
  std::string hint = {};
};

bool IsSign(std::string_view word) { return word == "+" || word == "-"; }

ResolvedQuery QueryResolver::Resolve(std::vector<std::string> words, QuerySource source) {
  if (words.empty()) {
    const bool is_batch = source == QuerySource::kBatch;
    ResolvedQuery empty = Malformed({}, is_batch ? "empty line" : "it is empty", source);
    empty.does_no_harm = is_batch;
    return empty;
  }
  switch (shape_.kind) {
    case QueryKind::kExpression:
      return ResolveExpression(words, source);
    case QueryKind::kSentence:
      return ResolveSentence(words.front(), source);
    case QueryKind::kVector:
      return ResolveVector(words.front(), source);
    case QueryKind::kWords:
    case QueryKind::kOneWord:
      break;
  }
  return ResolveWords({.words = std::move(words), .resolved = {}}, {}, source);
}

ResolvedQuery QueryResolver::ResolveWords(WordQuery query, std::span<const float> signs,
                                          QuerySource source) {
  const std::size_t count = query.words.size();
  if (count < shape_.minimum_words || count > shape_.maximum_words) {
    return Malformed(std::move(query), std::string(shape_.wanted) + " wanted", source);
  }
  for (const std::string& word : query.words) {
    std::optional<query::QueryWord> resolved = words_.Resolve(word);
    if (!resolved) return Unknown(query, word, source);
    if (!query::HasDirection(store_, *resolved)) {
      return WithoutDirection(query, word, source);
    }
    if (resolved->is_unseen()) NoteUnseen(word, source);
    query.resolved.push_back(*std::move(resolved));
  }
  if (shape_.kind != QueryKind::kWords) return Summed(std::move(query), signs, source);
  return {std::move(query), true};
}

ResolvedQuery QueryResolver::ResolveExpression(const std::vector<std::string>& tokens,
                                               QuerySource source) {
  WordQuery query;
  query.text = Joined(tokens);
  std::vector<float> signs;
  float sign = 1;
  bool wants_word = true;
  bool is_sound = true;
  for (const std::string& token : tokens) {
    const bool is_sign = IsSign(token);
    const bool begins = query.words.empty() && wants_word && sign > 0;
    is_sound &= is_sign != wants_word || (is_sign && begins);
    if (is_sign) {
      sign = token == "-" ? -1.0f : 1.0f;
    } else {
      query.words.push_back(token);
      signs.push_back(std::exchange(sign, 1.0f));
    }
    wants_word = is_sign;
  }
  if (!is_sound || wants_word) {
    return Malformed(std::move(query), "words with + or - between them wanted", source);
  }
  return ResolveWords(std::move(query), signs, source);
}

ResolvedQuery QueryResolver::ResolveSentence(const std::string& text, QuerySource source) {
  WordQuery query;
  query.text = text;
  const std::vector<std::string> words =
      words_.FoldsWords() ? contextual::WordTokenizer(words_.tokenizer()).Tokenize(text).pieces
                          : SplitWords(text);
  for (const std::string& word : words) {
    std::optional<query::QueryWord> resolved = words_.Resolve(word);
    if (!resolved) {
      if (std::ranges::find(query.skipped, word) == query.skipped.end()) {
        query.skipped.push_back(word);
      }
      continue;
    }
    if (resolved->is_unseen()) NoteUnseen(word, QuerySource::kBatch);
    query.words.push_back(word);
    query.resolved.push_back(*std::move(resolved));
  }
  if (query.words.empty()) {
    const std::string fault =
        std::string("none of its words is ") + (holds_documents() ? "a document id" : "known");
    const std::string asked = "'" + Printable(text) + "': ";
    return Failed(std::move(query), {fault, fault, asked + fault + HintAtSearch()}, source);
  }
  ResolvedQuery resolved = Summed(std::move(query), {}, source);
  const std::vector<std::string>& skipped = resolved.query.skipped;
  const bool is_told =
      resolved.is_known && !skipped.empty() && style_ != AnswerStyle::kJson && !shape_.is_quiet;
  if (is_told) resolved.note = LeftOutWords(skipped, QuoteExcerpt(text));
  return resolved;
}

ResolvedQuery QueryResolver::ResolveVector(const std::string& text, QuerySource source) const {
  WordQuery query;
  query.text = "(vector)";
  const std::vector<std::string> numbers = SplitWords(text);
  query::QueryWord vector;
  for (const std::string& number : numbers) {
    const std::optional<double> value = ParseReal(number);
    vector.unit_row.push_back(static_cast<float>(value.value_or(0)));
    if (!std::isfinite(vector.unit_row.back()) || (!value && IsBeyondReals(number))) {
      return Malformed(std::move(query), "'" + Printable(number) + "' does not fit 32 bits",
                       source);
    }
    if (!value) {
      return Malformed(std::move(query), "'" + Printable(number) + "' is no number", source);
    }
  }
  if (numbers.size() != store_.dimension()) {
    return Malformed(std::move(query),
                     std::to_string(store_.dimension()) + " numbers wanted, not " +
                         std::to_string(numbers.size()),
                     source);
  }
  if (Normalize(vector.unit_row) == 0) {
    return Malformed(std::move(query), "the vector is zero and has no direction", source);
  }
  query.words = {query.text};
  query.vector = vector.unit_row;
  query.resolved.push_back(std::move(vector));
  return {std::move(query), true};
}

// Adds the words' unit vectors up, with their signs; without any all count once.
ResolvedQuery QueryResolver::Summed(WordQuery query, std::span<const float> signs,
                                    QuerySource source) const {
  // What rounding leaves of a sum that cancels out is no direction either.
  constexpr float kRounding = 1e-6f;
  query.vector.resize(store_.dimension());
  std::vector<float> row(store_.dimension());
  for (std::size_t i = 0; i < query.resolved.size(); ++i) {
    query::CopyUnitRow(store_, query.resolved[i], row);
    AddScaled(query.vector, signs.empty() ? 1.0f : signs[i], row);
  }
  if (Normalize(query.vector) > kRounding) return {std::move(query), true};
  return Malformed(std::move(query), "its vectors add up to zero, which has no direction", source);
}

ResolvedQuery QueryResolver::Malformed(WordQuery query, const std::string& reason,
                                       QuerySource source) const {
  const std::string asked = query.text.empty() ? Joined(query.words) : Printable(query.text);
  return Failed(std::move(query), {reason, reason, "'" + asked + "': " + reason}, source);
}

ResolvedQuery QueryResolver::Unknown(WordQuery query, const std::string& word,
                                     QuerySource source) const {
  const std::string sign_hint = SignHint(word, shape_);
  std::vector<std::string> near;
  if (sign_hint.empty()) near = NearestWords(store_, word);
  const std::string fault = holds_documents() ? "unknown document id" : "unknown word";
  const std::string hint = sign_hint.empty() ? DidYouMean(near) : "; " + sign_hint;
  return Failed(std::move(query),
                {.reason = fault,
                 .in_line = fault + " '" + Printable(word) + "'" + hint,
                 .complaint = NotAmong(word) + HintAtSearch() + hint,
                 .word = word,
                 .suggestions = std::move(near),
                 .hint = sign_hint},
                source);
}

ResolvedQuery QueryResolver::WithoutDirection(WordQuery query, const std::string& word,
                                              QuerySource source) const {
  const std::string vector = "the vector of '" + Printable(word) + "'";
  const std::string reason = " is zero and has no direction";
  return Failed(std::move(query),
                {.reason = "the word's vector" + reason,
                 .in_line = vector + reason,
                 .complaint = vector + " in '" + store_.path() + "'" + reason,
                 .word = word},
                source);
}

ResolvedQuery QueryResolver::Failed(WordQuery query, const Fault& fault, QuerySource source) const {
  const bool is_batch = source == QuerySource::kBatch;
  if (!is_batch) {
    console_.Flush();
    console_.Complain(fault.complaint);
  }
  std::string failure;
  if (style_ == AnswerStyle::kJson) {
    Json json = JsonQuery(shape_, query);
    json["error"] = fault.reason;
    if (!fault.word.empty() && shape_.kind != QueryKind::kOneWord) json["word"] = fault.word;
    if (fault.suggestions) json["suggestions"] = *fault.suggestions;
    if (!fault.hint.empty()) json["hint"] = fault.hint;
    failure = JsonLine(json);
  } else if (is_batch) {
    const std::string asked = query.text.empty() ? Joined(query.words) : Printable(query.text);
    failure = asked.empty() ? "\n" : asked + "\t(" + fault.in_line + ")\n";
  }
  return {.query = std::move(query), .failure = std::move(failure)};
}

std::string QueryResolver::NotAmong(const std::string& word) const {
  return "'" + word + "' is not among the " + CountedNames(store_) + " of '" + store_.path() + "'";
}

// A batch gets one note at its end.
void QueryResolver::NoteUnseen(const std::string& word, QuerySource source) {
  ++unseen_;
  if (source == QuerySource::kBatch) return;
  console_.Note(NotAmong(word) + "; its vector is made of its subwords" +
                DidYouMean(NearestWords(store_, word, 1)));
}

Json JsonQuery(const QueryShape& shape, const WordQuery& query) {
  Json json;
  if (!query.text.empty()) {
    json["query"] = query.text;
  } else if (shape.kind == QueryKind::kWords) {
    json["query"] = query.words;
  } else {
    json["query"] = query.words.empty() ? "" : query.words.front();
  }
  if (!query.skipped.empty()) json["unknown"] = query.skipped;
  if (shape.kind == QueryKind::kVector) return json;
  Json unseen = Json::array();
  for (std::size_t i = 0; i < query.resolved.size(); ++i) {
    if (query.resolved[i].is_unseen()) unseen.push_back(query.words[i]);
  }
  // An answer that fails says which word is at fault.
  const bool is_answered = query.resolved.size() == query.words.size();
  if (is_answered && !unseen.empty()) json["unseen"] = std::move(unseen);
  return json;
}

}  // namespace wordkin::cli
