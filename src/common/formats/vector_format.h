#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/format_settings.h"
#include "common/support/atomic_file.h"

namespace wordkin {

// One file format of other tools. Readers throw kInputOutput or kDamaged, naming the path and the
// line or byte where the content is wrong, and take no memory that the file's size does not
// warrant; nothing is guessed, skipped or repaired.
struct VectorFormat {
  std::string_view name;         // "word2vec-text"
  std::string_view description;  // one line for help
  std::string_view extension;    // ".txt"
  std::string_view alias;        // another extension; the same when there is none
  bool (*looks_like)(std::string_view first_bytes);
  EmbeddingTable (*read)(const std::string& path);
  // Writes the whole store and commits 'file'; of 'settings', a reader's, what the format keeps.
  // Throws kUsage for a word or subwords the format cannot hold.
  void (*write)(AtomicFile& file, const EmbeddingStore& store, const FormatSettings& settings);
};

// Every format known; adding one is a pair of files and a line in vector_format.cc.
std::span<const VectorFormat> VectorFormats();
const VectorFormat* FindVectorFormat(std::string_view name);
// By the path's extension, for writing; nullptr when none fits.
const VectorFormat* VectorFormatForPath(std::string_view path);
// By content, for reading. Throws kDamaged when no format fits, listing those known.
const VectorFormat& RecognizeVectorFormat(const std::string& path);

}  // namespace wordkin
