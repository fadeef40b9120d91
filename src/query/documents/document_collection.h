#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/store/text_frames.h"
#include "query/documents/text_embedder.h"

namespace wordkin::query {

struct Document {
  std::string id;    // valid UTF-8 of 1 to kMaxWordBytes, unlike any other's
  std::string text;  // valid UTF-8 of at most kMaxDocumentBytes
};

// What a store of documents is made of (StoreOptions has the places for it).
struct CollectedDocuments {
  EmbeddingTable
      table;  // the words are the ids of all, the earlier ones first; the rows of the new
  TextFrames texts;
  std::vector<float> component;       // what was taken away from the rows; empty: nothing
  std::size_t without_direction = 0;  // new rows of which that, or the embedder's, left nothing
};

// Gathers documents as they come: their vectors, and their texts compressed. Takes memory for these
// alone, and for the vectors once more while Finish() puts them together.
class DocumentCollection {
 public:
  // 'embedder', and 'earlier' where there is one, behind whose documents the new ones go, outlive
  // this. Throws kDamaged when 'earlier' has no texts or they are damaged.
  explicit DocumentCollection(TextEmbedder& embedder, const EmbeddingStore* earlier = nullptr);

  // Leaves out those whose text gives nothing to go by; returns their places in 'documents'. The
  // others lose the embedder's component.
  std::vector<std::size_t> Add(std::span<const Document> documents);
  // New ones that are kept.
  std::size_t size() const { return ids_.size(); }

  // Once, and nothing after it. 'removes_component': what all rows have in common is taken away,
  // the first principal component, where there are two at least.
  CollectedDocuments Finish(bool removes_component, int thread_count);

 private:
  // Counts the rows of which nothing is left.
  void TakeAway(std::span<const float> component, std::span<float> row);
  void AddRow(std::span<const float> row);
  // Gives the memory of each chunk back as it goes.
  AlignedMatrix TakeRows();
  Vocabulary AllIds() const;

  TextEmbedder& embedder_;
  const EmbeddingStore* earlier_;
  std::vector<std::string> ids_;
  std::deque<AlignedMatrix> chunks_;
  TextFrames texts_;
  std::size_t without_direction_ = 0;
};

}  // namespace wordkin::query
