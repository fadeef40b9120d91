#include "contextual/tokenizers/tokenizer_json.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "common/formats/json_guard.h"
#include "common/formats/parse_json.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin::contextual {
namespace {

using Json = nlohmann::json;

// A guess that seldom is too high: "un":7, has some. Memory that is set aside and never touched
// costs nothing.
constexpr std::size_t kBytesPerPiece = 8;

// Follows nlohmann's SAX events: builds the document, but hands vocabulary and merges to vectors,
// which takes a third of the time and memory.
class Reader {
 public:
  // 'is_vocabulary': the whole of the text is what model.vocab is in a tokenizer.json.
  Reader(const std::string& name, std::size_t size, bool is_vocabulary)
      : name_(name), size_(size), root_is_vocabulary_(is_vocabulary), guard_(name) {}

  TokenizerJson Take() { return std::move(result_); }

  // What nlohmann calls.
  bool null() { return Value(Json(nullptr), "null"); }
  bool boolean(bool value) { return Value(Json(value), "true or false"); }
  bool number_integer(std::int64_t value) { return Whole(Json(value), static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) {
    return Whole(Json(value), static_cast<double>(value));
  }
  bool number_float(double value, const std::string&) {
    if (mode_ == Mode::kDocument) return Value(Json(value), "");
    if (mode_ == Mode::kPieces) Refuse(OfPiece(), "a fraction", "an id");
    return Number(value);
  }
  bool string(std::string& value);
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t);
  bool end_object();
  bool start_array(std::size_t);
  bool end_array();
  bool key(std::string& value);
  bool parse_error(std::size_t, const std::string&, const Json::exception& failure) {
    throw UnreadableJson(name_, failure);
  }

 private:
  enum class Mode { kDocument, kPieces, kScored, kScoredPair, kMerges, kMergePair };

  [[noreturn]] void Refuse(const std::string& field, const std::string& found,
                           const std::string& wanted) const {
    throw Error(ErrorKind::kDamaged, name_ + ": " + field + " is " + found + ", not " + wanted);
  }
  std::string OfPiece() const {
    const std::string piece = QuoteExcerpt(piece_);
    return root_is_vocabulary_ ? "the value of " + piece : "model.vocab[" + piece + "]";
  }
  std::string Indexed(const char* field, std::size_t index) const {
    return std::string(field) + "[" + std::to_string(index) + "]";
  }
  bool Value(Json value, const char* what);
  bool Number(double value);
  bool Whole(Json number, double value) {
    return mode_ == Mode::kDocument ? Value(std::move(number), "") : Number(value);
  }
  void AddMerge(std::string_view left, std::string_view right);
  bool Enter(Json container);
  Json& Place(Json value);
  void CountInDocument(std::size_t byte_count);
  bool IsAtModel(std::string_view key) const {
    return is_in_model_ && open_.size() == 2 && key_ == key;
  }
  [[noreturn]] void RefuseInCapture(const char* found) const;

  const std::string& name_;
  std::size_t size_;
  bool root_is_vocabulary_;
  JsonGuard guard_;  // of the document; a vocabulary's pieces are checked where they are indexed
  TokenizerJson result_;
  std::size_t document_bytes_ = 0;  // of its text, roughly
  Mode mode_ = Mode::kDocument;
  std::vector<Json*> open_;  // containers of the document, the innermost last
  std::string key_;
  bool is_in_model_ = false;
  std::string piece_;  // the last key or string of a vocabulary or merge
  std::size_t pair_size_ = 0;
};

Json& Reader::Place(Json value) {
  CountInDocument(value.is_string() ? value.get_ref<const std::string&>().size() : 1);
  if (open_.empty()) return result_.document = std::move(value);
  Json& container = *open_.back();
  if (container.is_array()) {
    container.push_back(std::move(value));
    return container.back();
  }
  return container[key_] = std::move(value);
}

void Reader::CountInDocument(std::size_t byte_count) {
  document_bytes_ += byte_count + 1;  // a comma or a colon
  if (document_bytes_ <= kLargestJson) return;
  throw Error(ErrorKind::kDamaged, "cannot read " + name_ +
                                       ": beside vocabulary and merges it is longer than " +
                                       std::to_string(kLargestJson) + " bytes");
}

bool Reader::Value(Json value, const char* what) {
  if (mode_ != Mode::kDocument) RefuseInCapture(what);
  Place(std::move(value));
  return true;
}

bool Reader::Enter(Json container) {
  if (open_.size() == 1) is_in_model_ = open_.back()->is_object() && key_ == "model";
  open_.push_back(&Place(std::move(container)));
  return true;
}

bool Reader::end_object() {
  if (mode_ == Mode::kDocument) {
    guard_.EndObject();
    open_.pop_back();
  } else {
    mode_ = Mode::kDocument;
  }
  return true;
}

void Reader::RefuseInCapture(const char* found) const {
  switch (mode_) {
    case Mode::kPieces:
      Refuse(OfPiece(), found, "an id");
    case Mode::kScored:
    case Mode::kScoredPair:
      Refuse(Indexed("model.vocab", result_.scored_pieces.size()), found, "a piece and its score");
    case Mode::kMerges:
    case Mode::kMergePair:
    case Mode::kDocument:
      break;
  }
  Refuse(Indexed("model.merges", result_.merges.size()), found, "a pair of pieces");
}

bool Reader::Number(double value) {
  if (mode_ == Mode::kPieces) {
    // What no id can be is told with the piece's name once all are read.
    constexpr double kMost = std::numeric_limits<std::int32_t>::max();
    result_.pieces.Add(piece_, static_cast<std::int32_t>(std::clamp(value, -1.0, kMost)));
    return true;
  }
  if (mode_ != Mode::kScoredPair || pair_size_ != 1) RefuseInCapture("a number");
  ++pair_size_;
  result_.scored_pieces.Add(piece_, value);
  return true;
}

bool Reader::string(std::string& value) {
  switch (mode_) {
    case Mode::kDocument:
      return Value(Json(std::move(value)), "");
    case Mode::kScoredPair:
      if (pair_size_ != 0) RefuseInCapture("a pair of strings");
      ++pair_size_;
      piece_ = value;
      return true;
    case Mode::kMergePair:
      if (pair_size_ > 1) RefuseInCapture("a longer list");
      if (pair_size_++ == 1) {
        AddMerge(piece_, value);
      } else {
        piece_ = value;
      }
      return true;
    case Mode::kMerges: {
      const std::size_t blank = value.find(' ');
      if (blank == std::string::npos || value.find(' ', blank + 1) != std::string::npos) {
        RefuseInCapture("a string without a blank or with several");
      }
      AddMerge(std::string_view(value).substr(0, blank), std::string_view(value).substr(blank + 1));
      return true;
    }
    case Mode::kPieces:
    case Mode::kScored:
      break;
  }
  RefuseInCapture("a string");
}

bool Reader::start_object(std::size_t) {
  if (mode_ != Mode::kDocument) RefuseInCapture("an object");
  const bool is_vocabulary = root_is_vocabulary_ ? open_.empty() : IsAtModel("vocab");
  if (!is_vocabulary) {
    guard_.StartObject();
    return Enter(Json::object());
  }
  result_.vocabulary = TokenizerJson::Vocabulary::kById;
  result_.pieces.Reserve(size_, size_ / kBytesPerPiece);
  mode_ = Mode::kPieces;
  return true;
}

bool Reader::start_array(std::size_t) {
  if (mode_ == Mode::kScored || mode_ == Mode::kMerges) {
    mode_ = mode_ == Mode::kScored ? Mode::kScoredPair : Mode::kMergePair;
    pair_size_ = 0;
    return true;
  }
  if (mode_ != Mode::kDocument) RefuseInCapture("an array");
  if (!root_is_vocabulary_ && IsAtModel("vocab")) {
    result_.vocabulary = TokenizerJson::Vocabulary::kScored;
    result_.scored_pieces.Reserve(size_, size_ / kBytesPerPiece);
    mode_ = Mode::kScored;
    return true;
  }
  if (!root_is_vocabulary_ && IsAtModel("merges")) {
    result_.has_merges = true;
    result_.merges.Reserve(size_, size_ / kBytesPerPiece);
    mode_ = Mode::kMerges;
    return true;
  }
  guard_.StartArray();
  return Enter(Json::array());
}

bool Reader::end_array() {
  if (mode_ == Mode::kScoredPair || mode_ == Mode::kMergePair) {
    const bool is_scored = mode_ == Mode::kScoredPair;
    if (pair_size_ != 2) RefuseInCapture("a shorter list");
    mode_ = is_scored ? Mode::kScored : Mode::kMerges;
    return true;
  }
  if (mode_ == Mode::kDocument) {
    guard_.EndArray();
    open_.pop_back();
  } else {
    mode_ = Mode::kDocument;
  }
  return true;
}

// Copies: the parser would have to make its buffer anew for each key that is moved away.
bool Reader::key(std::string& value) {
  if (mode_ == Mode::kDocument) {
    guard_.Key(value);
    CountInDocument(value.size());
    key_ = value;
  } else {
    piece_ = value;
  }
  return true;
}

void Reader::AddMerge(std::string_view left, std::string_view right) {
  result_.merges.Add(std::string(left).append(right), static_cast<std::uint32_t>(left.size()));
}

TokenizerJson Parse(std::string_view text, const std::string& name, bool is_vocabulary) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::kDamaged, name + " is larger than any tokenizer");
  }
  Reader reader(name, text.size(), is_vocabulary);
  Json::sax_parse(text.data(), text.data() + text.size(), &reader);
  return reader.Take();
}

}  // namespace

TokenizerJson ParseTokenizerJson(std::string_view text, const std::string& name) {
  TokenizerJson json = Parse(text, name, false);
  if (!json.document.is_object()) {
    throw Error(ErrorKind::kDamaged, name + " is no JSON object");
  }
  return json;
}

PieceList<std::int32_t> ParsePiecesJson(std::string_view text, const std::string& name) {
  TokenizerJson json = Parse(text, name, true);
  if (json.vocabulary != TokenizerJson::Vocabulary::kById) {
    throw Error(ErrorKind::kDamaged, name + " is no JSON object of pieces and ids");
  }
  return std::move(json.pieces);
}

}  // namespace wordkin::contextual
