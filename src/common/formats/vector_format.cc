#include "common/formats/vector_format.h"

#include <algorithm>
#include <array>

#include "common/formats/fasttext_bin.h"
#include "common/formats/finalfusion.h"
#include "common/formats/glove_text.h"
#include "common/formats/npy_file.h"
#include "common/formats/projector_tsv.h"
#include "common/formats/safetensors_vectors.h"
#include "common/formats/word2vec_binary.h"
#include "common/formats/word2vec_text.h"
#include "common/support/error.h"
#include "common/text/compression.h"

namespace wordkin {
namespace {

// Enough for a header and the beginning of the first row.
constexpr std::size_t kRecognizedBytes = 64 * 1024;

// Most files say nothing of the training.
template <void (*kWrite)(BufferedOutput&, const EmbeddingStore&)>
void WritePlain(BufferedOutput& output, const EmbeddingStore& store, const FormatSettings&) {
  kWrite(output, store);
}

// In the order in which content is looked at: what might pass for two stands where it is the first.
constexpr std::array kFormats = {
    VectorFormat{"projector-tsv", "TensorFlow Projector: values by tabs, words beside", ".tsv",
                 ".tsv", LooksLikeProjectorTsv, ReadProjectorTsv, WritePlain<WriteProjectorTsv>,
                 WordsBesideProjectorTsv, FindWordsOfProjectorTsv},
    VectorFormat{"word2vec-text", "word2vec text: a word and its values a line", ".txt", ".w2v",
                 LooksLikeWord2VecText, ReadWord2VecText, WritePlain<WriteWord2VecText>},
    VectorFormat{"word2vec-binary", "word2vec binary: words and little-endian float32", ".bin",
                 ".bin", LooksLikeWord2VecBinary, ReadWord2VecBinary,
                 WritePlain<WriteWord2VecBinary>},
    VectorFormat{"fasttext-vec", "fastText's .vec, which is word2vec text", ".vec", ".vec",
                 LooksLikeWord2VecText, ReadWord2VecText, WritePlain<WriteWord2VecText>},
    VectorFormat{"fasttext-bin", "fastText's model of words and subwords", ".bin", ".bin",
                 LooksLikeFastTextBinary, ReadFastTextBinary, WriteFastTextBinary},
    VectorFormat{"glove-text", "GloVe text: word2vec text without its first line", ".glove",
                 ".glove", LooksLikeGloveText, ReadGloveText, WritePlain<WriteGloveText>},
    VectorFormat{"finalfusion", "finalfusion: words and rows of length one", ".fifu", ".fifu",
                 LooksLikeFinalfusion, ReadFinalfusion, WritePlain<WriteFinalfusion>},
    VectorFormat{"npy", "NumPy's matrix, words beside", ".npy", ".npy", LooksLikeNpy, ReadNpy,
                 WritePlain<WriteNpy>, WordsBesideNpy, FindWordsOfNpy},
    VectorFormat{"safetensors", "a matrix in safetensors, words beside", ".safetensors",
                 ".safetensors", LooksLikeSafetensors, ReadSafetensors,
                 WritePlain<WriteSafetensors>, WordsBesideSafetensors, FindWordsOfSafetensors},
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
  path = WithoutCompression(path);
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [path](const VectorFormat& format) {
        return path.ends_with(format.extension) || path.ends_with(format.alias);
      });
  return found == kFormats.end() ? nullptr : &*found;
}

const VectorFormat& RecognizeVectorFormat(const VectorFile& file) {
  const std::string_view text = file.text().substr(0, kRecognizedBytes);
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(),
                   [text](const VectorFormat& format) { return format.looks_like(text); });
  if (found == kFormats.end()) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + file.path() +
                                         "': it is of no known format; vectors can be read from " +
                                         FormatNames());
  }
  return *found;
}

}  // namespace wordkin
