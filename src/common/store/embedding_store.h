#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/math/nibble_plane.h"
#include "common/math/scan_plane.h"
#include "common/store/store_format.h"
#include "common/store/stored_subwords.h"
#include "common/store/stored_texts.h"
#include "common/store/vocabulary.h"
#include "common/store/word_index.h"
#include "common/support/mapped_file.h"

namespace wordkin {

// Read-only view of one .kin file (docs/store_format.md), mapped. Opening checks header,
// directory, tail and every length, in well under a millisecond whatever the file's size; the
// bytes of the large sections are checked by VerifyStore, and reads of them are bounded, so that a
// damaged one gives wrong answers or kDamaged, never a crash. Safe to share between threads. Copies
// share the mapping and what was unpacked, which lives as long as one of them.
class EmbeddingStore {
 public:
  // Throws kInputOutput when the file cannot be read, kDamaged when it is not a whole .kin file of
  // a version and precision known here; the message names the section.
  explicit EmbeddingStore(const std::string& path);
  // The same, called 'name' by path() and in messages: that of the file it was made from.
  EmbeddingStore(MappedFile file, const std::string& name);

  const std::string& path() const { return name_; }
  // Whether the path still names this file, unchanged since it was opened.
  bool IsCurrent() const { return file_->IsCurrent(); }
  std::size_t size() const { return shape_.row_count; }
  std::size_t dimension() const { return shape_.dimension; }
  Precision precision() const { return shape_.precision; }
  const StoreShape& shape() const { return shape_; }
  std::span<const std::byte> file_bytes() const { return file_->bytes(); }
  std::uint64_t file_size() const { return file_->bytes().size(); }
  std::span<const SectionEntry> sections() const { return sections_; }

  std::optional<WordId> Find(std::string_view word) const;
  // Valid UTF-8; lives as long as the store. id < size().
  std::string_view Word(WordId id) const;
  // Occurrences in the training corpus, by id; all zero when the vectors came without counts.
  // Decompressed at each call; throws kDamaged.
  std::vector<std::uint64_t> ReadCounts() const;

  // row = the vector as it was trained: exact for kFloat32, else within the quantisation error.
  // row.size() == dimension().
  void CopyRow(WordId id, std::span<float> row) const;
  // The row's bytes as they are kept, for a store that keeps it on; low stays as it is without such
  // a plane. Both of dimension().
  void CopyPlanes(WordId id, std::span<std::int8_t> high, std::span<std::int8_t> low) const;
  // The factor of those; the precision is not kFloat32. Throws kDamaged.
  float RowScale(WordId id) const;
  // What CopyRow gives, scaled to length one; a zero row stays zero. Quicker than CopyRow.
  void CopyUnitRow(WordId id, std::span<float> row) const;

  ScanPlane scan_plane() const { return scan_plane_; }
  // The rows in 4 bits; nullptr when the store does not keep them. Lives as long as the store.
  const NibblePlane* nibble_plane() const { return nibble_plane_ ? &*nibble_plane_ : nullptr; }

  // The rows of n-gram buckets; nullptr when the store has none. Lives as long as the store.
  const StoredSubwords* subwords() const { return subwords_ ? &*subwords_ : nullptr; }
  // row = the vector that 'word', valid UTF-8, gets from its n-grams alone, as fastText makes it
  // for a word it has not seen; false when no n-gram of it has a row. Throws kDamaged.
  bool CopyUnseenRow(std::string_view word, std::span<float> row) const;
  // float32, (size() x dimension()) row-major, as EmbeddingTable has them; empty when absent.
  std::span<const float> word_rows() const { return word_rows_; }
  std::span<const float> output_rows() const { return output_rows_; }
  // The same, of GloveRowFloats(dimension()) values each.
  std::span<const float> glove_word_rows() const { return glove_word_rows_; }
  std::span<const float> glove_context_rows() const { return glove_context_rows_; }

  // The texts of the documents whose ids the words are; nullptr when the store has none. Lives as
  // long as the store.
  const StoredTexts* texts() const { return texts_ ? &*texts_ : nullptr; }
  // How those texts became rows, as JSON, "" when it is not told. Throws kDamaged.
  std::string ReadDocumentSettings() const;

  // Provenance as a JSON object, "{}" when there is none. Throws kDamaged.
  std::string ReadMetadata() const;
  // The trainer's state as JSON, "" when there is none. Throws kDamaged.
  std::string ReadTrainingState() const;
  // The decompressed bytes of an optional section (the graph, say), checksum checked; nullopt when
  // the file has none. Throws kDamaged.
  std::optional<std::vector<std::byte>> ReadSection(SectionKind kind) const;
  // The bytes of one of sections() as they lie in the file, once their checksum holds; live as long
  // as the store. Throws kDamaged.
  std::span<const std::byte> CheckedBytes(const SectionEntry& entry) const;
  const WordIndex& word_index() const { return word_index_; }

 private:
  // Row scales are compressed and not every question needs them: unpacked at their first use.
  struct RowScales;

  const SectionEntry* FindSection(SectionKind kind) const;
  std::span<const std::byte> StoredBytes(const SectionEntry& entry) const;
  std::span<const std::byte> StoredBytes(SectionKind kind) const;
  std::vector<std::byte> Unpack(const SectionEntry& entry) const;
  void ReadShape();
  void ReadSubwordShape();
  void CheckSections() const;
  void BindSections();
  void BindSubwords();
  void BindTexts();
  std::string ReadText(SectionKind kind) const;
  // Row as kept, before any scaling: integers of the planes as floats, or the float32 values.
  void CopyStoredRow(WordId id, std::span<float> row) const;
  std::vector<std::byte> UnpackRowScales() const;

  std::shared_ptr<const MappedFile> file_;
  std::string name_;
  std::vector<SectionEntry> sections_;
  StoreShape shape_;
  WordIndex word_index_;
  ScanPlane scan_plane_;
  std::optional<NibblePlane> nibble_plane_;
  std::span<const std::int8_t> low_plane_;
  std::span<const float> float_rows_;
  std::optional<StoredSubwords> subwords_;
  std::optional<StoredTexts> texts_;
  std::span<const float> word_rows_;
  std::span<const float> output_rows_;
  std::span<const float> glove_word_rows_;
  std::span<const float> glove_context_rows_;
  std::shared_ptr<RowScales> row_scales_;
};

// Reads every byte of the file and checks every checksum, padding included, and every invariant of
// the content. Throws kDamaged naming the first bad section.
void VerifyStore(const std::string& path);

}  // namespace wordkin
