#include "common/formats/npy_file.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "common/formats/matrix_rows.h"
#include "common/formats/npy_writer.h"
#include "common/formats/word_list_file.h"
#include "common/store/little_endian.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

constexpr std::string_view kNpyMagic = "\x93NUMPY";
constexpr std::string_view kNpyEnding = ".npy";

// Reads the header, a Python literal: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }.
class NpyHeaderReader {
 public:
  NpyHeaderReader(std::string_view text, const std::string& path) : text_(text), path_(path) {}

  void Read() {
    Expect('{');
    while (!Takes('}')) {
      const std::string_view key = ReadText();
      Expect(':');
      if (key == "descr") {
        type_ = ReadText();
      } else if (key == "fortran_order") {
        is_by_columns_ = ReadTruth();
      } else if (key == "shape") {
        shape_ = ReadShape();
      } else {
        Refuse("its header has the unknown field " + QuoteExcerpt(key));
      }
      if (!Takes(',')) {
        Expect('}');
        break;
      }
    }
    if (!type_ || !is_by_columns_ || !shape_) Refuse("its header lacks a field");
  }

  std::string_view type() const { return *type_; }
  bool is_by_columns() const { return *is_by_columns_; }
  const std::vector<std::uint64_t>& shape() const { return *shape_; }

  [[noreturn]] void Refuse(const std::string& reason) const {
    throw Error(ErrorKind::kDamaged, "cannot read '" + path_ + "': " + reason);
  }

 private:
  void SkipSpaces() {
    while (text_.starts_with(' ')) text_.remove_prefix(1);
  }

  bool Takes(char wanted) {
    SkipSpaces();
    if (!text_.starts_with(wanted)) return false;
    text_.remove_prefix(1);
    return true;
  }

  void Expect(char wanted) {
    if (!Takes(wanted))
      Refuse("its header is none of NumPy's: no '" + std::string(1, wanted) + "' at " +
             QuoteExcerpt(text_));
  }

  std::string_view ReadText() {
    SkipSpaces();
    const char quote = text_.starts_with('"') ? '"' : '\'';
    Expect(quote);
    const std::size_t length = text_.find(quote);
    if (length == std::string_view::npos) Refuse("its header is none of NumPy's: a text is open");
    const std::string_view text = text_.substr(0, length);
    text_.remove_prefix(length + 1);
    return text;
  }

  bool ReadTruth() {
    SkipSpaces();
    for (const bool truth : {true, false}) {
      const std::string_view name = truth ? "True" : "False";
      if (!text_.starts_with(name)) continue;
      text_.remove_prefix(name.size());
      return truth;
    }
    Refuse("its header does not say whether 'fortran_order' is True or False");
  }

  std::vector<std::uint64_t> ReadShape() {
    std::vector<std::uint64_t> shape;
    Expect('(');
    while (!Takes(')')) {
      SkipSpaces();
      std::uint64_t extent = 0;
      const auto [stop, error] = std::from_chars(text_.data(), text_.data() + text_.size(), extent);
      if (error != std::errc()) Refuse("its shape has an extent that cannot be");
      text_.remove_prefix(static_cast<std::size_t>(stop - text_.data()));
      shape.push_back(extent);
      if (!Takes(',')) {
        Expect(')');
        break;
      }
    }
    return shape;
  }

  std::string_view text_;
  const std::string& path_;
  std::optional<std::string_view> type_;
  std::optional<bool> is_by_columns_;
  std::optional<std::vector<std::uint64_t>> shape_;
};

std::optional<TensorType> NpyType(std::string_view name) {
  constexpr std::pair<std::string_view, TensorType> kNpyTypes[] = {
      {"<f2", TensorType::kF16}, {"<f4", TensorType::kF32}, {"<f8", TensorType::kF64}};
  for (const auto& [npy_name, type] : kNpyTypes) {
    if (name == npy_name) return type;
  }
  return std::nullopt;
}

// The header's text, and where the values begin.
std::pair<std::string_view, std::size_t> FindNpyHeader(const VectorFile& file) {
  const auto refuse = [&](const std::string& reason) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + file.path() + "': " + reason);
  };
  constexpr std::size_t kVersionBytes = 2;
  const std::string_view text = file.text();
  if (!LooksLikeNpy(text)) refuse("it does not begin as a .npy file of NumPy");
  const std::size_t length_at = kNpyMagic.size() + kVersionBytes;
  const bool is_first_version = text.size() > kNpyMagic.size() && text[kNpyMagic.size()] == 1;
  const std::size_t length_bytes = is_first_version ? 2 : 4;
  if (text.size() < length_at + length_bytes) refuse("it ends within its header");
  const std::size_t length = is_first_version ? Load<std::uint16_t>(file.bytes(), length_at)
                                              : Load<std::uint32_t>(file.bytes(), length_at);
  const std::size_t begin = length_at + length_bytes;
  if (length > text.size() - begin) refuse("it ends within its header");
  return {text.substr(begin, length), begin + length};
}

}  // namespace

bool LooksLikeNpy(std::string_view first_bytes) { return first_bytes.starts_with(kNpyMagic); }

Tensor ParseNpy(const VectorFile& file) {
  const auto [text, begin] = FindNpyHeader(file);
  NpyHeaderReader header(text, file.path());
  header.Read();
  const std::optional<TensorType> type = NpyType(header.type());
  if (!type) {
    header.Refuse("its values are of the type " + QuoteExcerpt(header.type()) +
                  "; <f4, <f2 and <f8 can be read (numpy.ndarray.astype makes them)");
  }
  if (header.is_by_columns()) {
    header.Refuse("it lies column by column; save numpy.ascontiguousarray() of it");
  }
  const std::span<const std::byte> bytes = file.bytes().subspan(begin);
  std::uint64_t wanted = TensorTypeSize(*type);
  bool is_possible = true;
  for (const std::uint64_t extent : header.shape()) {
    is_possible = is_possible && !__builtin_mul_overflow(wanted, extent, &wanted);
  }
  if (!is_possible || wanted != bytes.size()) {
    header.Refuse("an array of shape " + Excerpt(ShapeText(header.shape())) +
                  " does not take the " + std::to_string(bytes.size()) + " bytes that it has");
  }
  return {*type, header.shape(), bytes};
}

EmbeddingTable ReadNpy(const VectorFile& file, const ReadOptions& options, SkippedRows& skipped) {
  const Tensor matrix = ParseNpy(file);
  if (!IsFloatMatrix(matrix)) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + file.path() + "': its shape is " +
                                         Excerpt(ShapeText(matrix.shape)) +
                                         ", not that of a row for each word");
  }
  const WordList list = ReadWordList(FindWordsOfNpy(file.path(), options), WordListKind::kPlain);
  const FaultLog log(file.path(), "row", options.on_fault, skipped);
  return JoinWords(ReadMatrixRows(matrix, log), list, log, skipped);
}

void WriteNpy(BufferedOutput& output, const EmbeddingStore& store) {
  output.Append(NpyHeader(store.size(), store.dimension()));
  AppendRows(store, output);
  WriteWordList(WordsBesideNpy(output.path()), output.path(), store, WordListKind::kPlain);
  output.Commit();
}

std::string WordsBesideNpy(const std::string& path) {
  return WordListsBeside(path, kNpyEnding).front();
}

std::string FindWordsOfNpy(const std::string& path, const ReadOptions& options) {
  return FindWordList(path, options, WordListsBeside(path, kNpyEnding));
}

}  // namespace wordkin
