#include "common/formats/vector_format.h"

#include <algorithm>
#include <array>

#include "common/formats/fasttext_bin.h"
#include "common/formats/word2vec_binary.h"
#include "common/formats/word2vec_text.h"
#include "common/support/error.h"
#include "common/support/mapped_file.h"

namespace wordkin {
namespace {

// Enough for a header and the beginning of the first row.
constexpr std::size_t kRecognizedBytes = 64 * 1024;

// word2vec's files say nothing of the training.
void WriteText(AtomicFile& file, const EmbeddingStore& store, const FormatSettings&) {
  WriteWord2VecText(file, store);
}

void WriteBinary(AtomicFile& file, const EmbeddingStore& store, const FormatSettings&) {
  WriteWord2VecBinary(file, store);
}

constexpr std::array kFormats = {
    VectorFormat{"word2vec-text", "word2vec text: a word and its values a line", ".txt", ".w2v",
                 LooksLikeWord2VecText, ReadWord2VecText, WriteText},
    VectorFormat{"word2vec-binary", "word2vec binary: words and little-endian float32", ".bin",
                 ".bin", LooksLikeWord2VecBinary, ReadWord2VecBinary, WriteBinary},
    VectorFormat{"fasttext-vec", "fastText's .vec, which is word2vec text", ".vec", ".vec",
                 LooksLikeWord2VecText, ReadWord2VecText, WriteText},
    VectorFormat{"fasttext-bin", "fastText's model of words and subwords", ".bin", ".bin",
                 LooksLikeFastTextBinary, ReadFastTextBinary, WriteFastTextBinary},
};

std::string FormatNames() {
  std::string names;
  for (const VectorFormat& format : kFormats) {
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  }
  return names;
}

}  // namespace

std::span<const VectorFormat> VectorFormats() { return kFormats; }

const VectorFormat* FindVectorFormat(std::string_view name) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(),
                   [name](const VectorFormat& format) { return format.name == name; });
  return found == kFormats.end() ? nullptr : &*found;
}

const VectorFormat* VectorFormatForPath(std::string_view path) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [path](const VectorFormat& format) {
        return path.ends_with(format.extension) || path.ends_with(format.alias);
      });
  return found == kFormats.end() ? nullptr : &*found;
}

const VectorFormat& RecognizeVectorFormat(const std::string& path) {
  const MappedFile file(path);
  const auto first_bytes = file.bytes().first(std::min(file.bytes().size(), kRecognizedBytes));
  const std::string_view text(reinterpret_cast<const char*>(first_bytes.data()),
                              first_bytes.size());
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(),
                   [text](const VectorFormat& format) { return format.looks_like(text); });
  if (found == kFormats.end()) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + path + "': it " +
                                         (text.empty() ? "is empty" : "is of no known format") +
                                         "; vectors can be read from " + FormatNames());
  }
  return *found;
}

}  // namespace wordkin
