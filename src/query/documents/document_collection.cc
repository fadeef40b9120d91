#include "query/documents/document_collection.h"

#include <algorithm>
#include <utility>

#include "common/math/principal_components.h"
#include "common/math/smooth_inverse_frequency.h"

namespace wordkin::query {
namespace {

constexpr std::size_t kChunkRows = 16384;

bool IsZeroRow(std::span<const float> row) {
  return std::ranges::all_of(row, [](float value) { return value == 0; });
}

}  // namespace

DocumentCollection::DocumentCollection(TextEmbedder& embedder, const EmbeddingStore* earlier)
    : embedder_(embedder), earlier_(earlier) {
  if (earlier != nullptr) texts_.AddStored(*earlier);
}

std::vector<std::size_t> DocumentCollection::Add(std::span<const Document> documents) {
  std::vector<std::string> texts;
  texts.reserve(documents.size());
  for (const Document& document : documents) texts.push_back(document.text);
  AlignedMatrix rows = embedder_.Embed(texts);
  std::vector<std::size_t> left_out;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (IsZeroRow(rows.Row(i))) {
      left_out.push_back(i);
      continue;
    }
    if (!embedder_.component().empty()) TakeAway(embedder_.component(), rows.Row(i));
    AddRow(rows.Row(i));
    ids_.push_back(documents[i].id);
    texts_.Add(texts[i]);
  }
  return left_out;
}

void DocumentCollection::TakeAway(std::span<const float> component, std::span<float> row) {
  TakeAwayDirection(component, row);
  without_direction_ += IsZeroRow(row) ? 1 : 0;
}

void DocumentCollection::AddRow(std::span<const float> row) {
  const std::size_t place = ids_.size() % kChunkRows;
  if (place == 0) chunks_.emplace_back(kChunkRows, row.size());
  std::ranges::copy(row, chunks_.back().Row(place).begin());
}

CollectedDocuments DocumentCollection::Finish(bool removes_component, int thread_count) {
  CollectedDocuments made;
  made.table.rows = TakeRows();
  made.table.vocabulary = AllIds();
  ids_ = {};
  texts_.Finish();
  made.texts = std::move(texts_);
  AlignedMatrix& rows = made.table.rows;
  if (removes_component && rows.row_count() >= 2) {
    const PrincipalComponents found =
        FindPrincipalComponents(rows, 1, /*centers=*/false, thread_count);
    made.component.assign(found.directions.begin(), found.directions.end());
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      TakeAway(made.component, rows.Row(row));
    }
  }
  made.without_direction = without_direction_;
  return made;
}

AlignedMatrix DocumentCollection::TakeRows() {
  AlignedMatrix rows(ids_.size(), embedder_.dimension());
  for (std::size_t first = 0; !chunks_.empty(); first += kChunkRows) {
    const std::size_t count = std::min(kChunkRows, ids_.size() - first);
    for (std::size_t i = 0; i < count; ++i) {
      std::ranges::copy(chunks_.front().Row(i), rows.Row(first + i).begin());
    }
    chunks_.pop_front();
  }
  return rows;
}

Vocabulary DocumentCollection::AllIds() const {
  const std::size_t earlier_count = earlier_ == nullptr ? 0 : earlier_->size();
  std::vector<Vocabulary::Entry> entries(earlier_count + ids_.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].word = i < earlier_count ? std::string(earlier_->Word(static_cast<WordId>(i)))
                                        : ids_[i - earlier_count];
  }
  return Vocabulary(entries);
}

}  // namespace wordkin::query
