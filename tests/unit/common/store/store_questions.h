#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "common/store/embedding_store.h"
#include "common/support/error.h"

namespace wordkin {

// Asks everything that a store can be asked; lets nothing but wordkin::Error pass unnoticed.
inline void AskEverything(const std::string& path) {
  const auto ask = [](const auto& question) {
    try {
      question();
    } catch (const Error&) {
    }
  };
  ask([&] {
    const EmbeddingStore store(path);
    std::vector<float> row(store.dimension());
    ask([&] { store.Find("w1"); });
    ask([&] { store.Find("absent"); });
    ask([&] { store.Find(""); });
    for (std::size_t i = 0; i < std::min<std::size_t>(store.size(), 100); ++i) {
      const auto id = static_cast<WordId>(i % 2 == 0 ? i / 2 : store.size() - 1 - i / 2);
      ask([&] { store.Find(std::string(store.Word(id))); });
      ask([&] { store.CopyRow(id, row); });
      ask([&] { store.CopyUnitRow(id, row); });
    }
    for (const char* word : {"w1", "unseen", "\u00FC", "</s>", ""}) {
      ask([&] { store.CopyUnseenRow(word, row); });
    }
    if (const StoredSubwords* const subwords = store.subwords()) {
      for (std::size_t i = 0; i < std::min<std::size_t>(subwords->row_count(), 100); ++i) {
        ask([&] { subwords->CopyRow(i, row); });
        ask([&] { subwords->FindRow(subwords->Bucket(i)); });
      }
    }
    if (const StoredTexts* const texts = store.texts()) {
      for (std::size_t i = 0; i < std::min<std::size_t>(texts->frame_count(), 100); ++i) {
        ask([&] { texts->ReadFrame(i); });
      }
      TextReader reader(*texts);
      for (const std::size_t id : {std::size_t{0}, store.size() / 2, store.size() - 1}) {
        ask([&] { reader.Read(static_cast<WordId>(id)); });
      }
    }
    ask([&] { store.ReadDocumentSettings(); });
    ask([&] { store.ReadTrainingState(); });
    ask([&] { store.ReadCounts(); });
    ask([&] { store.ReadMetadata(); });
    for (std::uint32_t kind = 0; kind < 100; ++kind) {
      ask([&] { store.ReadSection(static_cast<SectionKind>(kind)); });
    }
  });
  ask([&] { VerifyStore(path); });
}

}  // namespace wordkin
