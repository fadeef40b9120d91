#include "common/formats/safetensors_vectors.h"

#include <cstring>
#include <utility>

#include "common/formats/matrix_rows.h"
#include "common/formats/safetensors.h"
#include "common/formats/word_list_file.h"
#include "common/support/round_up.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

constexpr std::string_view kSafetensorsEnding = ".safetensors";
constexpr std::size_t kHeaderLengthBytes = 8;

Error CannotChoose(const VectorFile& file, const std::string& reason) {
  return {ErrorKind::kDamaged, "cannot read '" + file.path() + "': " + reason};
}

const Tensor& NamedMatrix(const NamedTensors& tensors, const std::string& name,
                          const VectorFile& file) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) {
    throw Error(ErrorKind::kUsage,
                "there is no tensor " + QuoteExcerpt(name) + " in '" + file.path() + "'");
  }
  if (IsFloatMatrix(found->second)) return found->second;
  throw CannotChoose(file, "its tensor " + QuoteExcerpt(name) + " of shape " +
                               Excerpt(ShapeText(found->second.shape)) + " and type " +
                               std::string(TensorTypeName(found->second.type)) +
                               " is no matrix of floats");
}

const Tensor& ChosenMatrix(const NamedTensors& tensors, const ReadOptions& options,
                           const VectorFile& file) {
  if (!options.tensor_name.empty()) return NamedMatrix(tensors, options.tensor_name, file);
  const Tensor* chosen = nullptr;
  std::string names;
  std::size_t count = 0;
  for (const auto& [name, tensor] : tensors) {
    if (!IsFloatMatrix(tensor)) continue;
    chosen = &tensor;
    ++count;
    names += (names.empty() ? "" : ", ") + QuoteExcerpt(name);
  }
  if (count == 0) throw CannotChoose(file, "none of its tensors is a matrix of floats");
  if (count > 1) {
    throw CannotChoose(file, "several of its tensors are matrices (" + Excerpt(names) +
                                 "); name one with 'wordkin convert --tensor NAME'");
  }
  return *chosen;
}

}  // namespace

bool LooksLikeSafetensors(std::string_view first_bytes) {
  std::uint64_t length = 0;
  if (first_bytes.size() <= kHeaderLengthBytes) return false;
  std::memcpy(&length, first_bytes.data(), sizeof(length));
  return first_bytes[kHeaderLengthBytes] == '{' && length <= SafetensorsFile::kLargestHeader;
}

EmbeddingTable ReadSafetensors(const VectorFile& file, const ReadOptions& options,
                               SkippedRows& skipped) {
  const NamedTensors tensors = ParseSafetensors(file.bytes(), file.path());
  const Tensor& matrix = ChosenMatrix(tensors, options, file);
  const WordList list =
      ReadWordList(FindWordsOfSafetensors(file.path(), options), WordListKind::kPlain);
  const FaultLog log(file.path(), "row", options.on_fault, skipped);
  return JoinWords(ReadMatrixRows(matrix, log), list, log, skipped);
}

void WriteSafetensors(BufferedOutput& output, const EmbeddingStore& store) {
  const std::uint64_t bytes = store.size() * store.dimension() * sizeof(float);
  std::string header = R"({"embeddings":{"dtype":"F32","shape":[)" + std::to_string(store.size()) +
                       "," + std::to_string(store.dimension()) + R"(],"data_offsets":[0,)" +
                       std::to_string(bytes) + "]}}";
  header.resize(RoundUp(header.size(), kHeaderLengthBytes), ' ');
  const std::uint64_t length = header.size();
  output.Append({reinterpret_cast<const char*>(&length), sizeof(length)});
  output.Append(header);
  AppendRows(store, output);
  WriteWordList(WordsBesideSafetensors(output.path()), output.path(), store, WordListKind::kPlain);
  output.Commit();
}

std::string WordsBesideSafetensors(const std::string& path) {
  return WordListsBeside(path, kSafetensorsEnding).front();
}

std::string FindWordsOfSafetensors(const std::string& path, const ReadOptions& options) {
  return FindWordList(path, options, WordListsBeside(path, kSafetensorsEnding));
}

}  // namespace wordkin
