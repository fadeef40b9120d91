#include "cli/answers/open_vectors.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include "cli/answers/question_session.h"
#include "cli/answers/temporary_store.h"
#include "cli/conversion.h"
#include "cli/machine.h"

namespace wordkin::cli {
namespace {

std::string TemporaryPath() {
  const char* const folder = std::getenv("TMPDIR");
  return std::string(folder == nullptr || *folder == '\0' ? "/tmp" : folder) + "/wordkin";
}

OpenedVectors Open(const std::string& path, Console* notes) {
  if (path.ends_with(".kin")) return {EmbeddingStore(path)};
  const VectorFile file(path);
  if (IsUncompressedStore(file)) return {EmbeddingStore(path)};
  const VectorFormat& format = *FindVectorFormat(ForeignFormat(file));
  SkippedRows none;
  const EmbeddingTable table = format.read(file, {.thread_count = ProcessorCount()}, none);
  EmbeddingStore store =
      TemporaryStore(table, {.precision = Precision::kFloat32}, TemporaryPath(), path);
  if (notes != nullptr) {
    notes->Note(path + " is read whole, as " + std::string(format.name) +
                "; 'wordkin convert' makes a .kin file of it, which opens at once");
  }
  return {std::move(store), &format};
}

}  // namespace

OpenedVectors OpenVectors(const std::string& path, Console* notes) {
  QuestionSession* const session = QuestionSession::Current();
  if (session == nullptr) return Open(path, notes);
  if (std::optional<OpenedVectors> kept = session->Find(path)) return *std::move(kept);
  // Before the file is read: what changes meanwhile is read again.
  MappedFile file(path);
  OpenedVectors vectors = Open(path, notes);
  session->Keep(std::move(file), vectors);
  return vectors;
}

void RefuseVectorsAsOutput(const OpenedVectors& vectors, const std::string& output) {
  const std::string& path = vectors.store.path();
  RefuseSameFile(path, output, "whose vectors would be lost");
  const std::string words = WordListOf(path, vectors.format);
  if (words.empty()) return;
  RefuseSameFile(words, output, "which holds the words of '" + path + "'");
}

EmbeddingStore OpenVectors(const Arguments& arguments, bool is_batch, Console& console) {
  const bool is_quiet = is_batch || arguments.Has("quiet");
  return OpenVectors(arguments.positionals().front(), is_quiet ? nullptr : &console).store;
}

}  // namespace wordkin::cli
