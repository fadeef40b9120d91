#pragma once

#include <string>

#include "cli/arguments.h"
#include "cli/console.h"
#include "common/formats/vector_format.h"
#include "common/store/embedding_store.h"

namespace wordkin::cli {

struct OpenedVectors {
  EmbeddingStore store;
  const VectorFormat* format = nullptr;  // of the file; nullptr: it is a .kin file
};

// Opens a .kin file, or reads a file of another tool, known by its content, into a store in $TMPDIR
// (else /tmp) that has no name there and goes with the result. Of the second, 'notes', where there
// is one, is told in a line. In a QuestionSession an unchanged file is opened once. Throws as
// EmbeddingStore and readers do.
OpenedVectors OpenVectors(const std::string& path, Console* notes);
// Throws kUsage when 'output' is a file that they were read from: their own, or the list of their
// words that lies beside it.
void RefuseVectorsAsOutput(const OpenedVectors& vectors, const std::string& output);
// That of the first positional, for questions; told unless they are a batch or --quiet is given.
EmbeddingStore OpenVectors(const Arguments& arguments, bool is_batch, Console& console);

}  // namespace wordkin::cli
