#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/format_settings.h"

namespace wordkin {

// One file format of other tools. Readers throw kInputOutput or kDamaged, naming the path and the
// line or byte where the content is wrong, and take no memory that the file's size does not
// warrant; nothing is guessed or repaired, and nothing skipped but what 'options' say.
struct VectorFormat {
  std::string_view name;         // "word2vec-text"
  std::string_view description;  // one line for help
  std::string_view extension;    // ".txt"
  std::string_view alias;        // another extension; the same when there is none
  bool (*looks_like)(std::string_view first_bytes);
  EmbeddingTable (*read)(const VectorFile& file, const ReadOptions& options, SkippedRows& skipped);
  // Writes the whole store and commits 'output'; of 'settings', a reader's, what the format keeps.
  // Throws kUsage for a word or subwords the format cannot hold.
  void (*write)(BufferedOutput& output, const EmbeddingStore& store,
                const FormatSettings& settings);
  // The list of words that is written beside a file, and the one that is read, which 'options' name
  // or which lies beside; kInputOutput when there is none. nullptr when the file holds the words.
  std::string (*words_beside)(const std::string& path) = nullptr;
  std::string (*find_words)(const std::string& path, const ReadOptions& options) = nullptr;
};

// Every format known; adding one is a pair of files and a line in vector_format.cc.
std::span<const VectorFormat> VectorFormats();
const VectorFormat* FindVectorFormat(std::string_view name);
// By the path's extension, for writing, ".gz" or ".zst" behind it or not; nullptr when none fits.
const VectorFormat* VectorFormatForPath(std::string_view path);
// By content, for reading. Throws kDamaged when no format fits, listing those known.
const VectorFormat& RecognizeVectorFormat(const VectorFile& file);

}  // namespace wordkin
