#include "common/store/store_format.h"

namespace wordkin {

std::string_view SectionName(SectionKind kind) {
  switch (kind) {
    case SectionKind::kShape:
      return "shape";
    case SectionKind::kWords:
      return "words";
    case SectionKind::kWordBlocks:
      return "word-blocks";
    case SectionKind::kBucketStarts:
      return "bucket-starts";
    case SectionKind::kBucketWords:
      return "bucket-words";
    case SectionKind::kScanPlane:
      return "scan-plane";
    case SectionKind::kCosineFactors:
      return "cosine-factors";
    case SectionKind::kLowPlane:
      return "low-plane";
    case SectionKind::kFloatRows:
      return "float-rows";
    case SectionKind::kRowScales:
      return "row-scales";
    case SectionKind::kCounts:
      return "counts";
    case SectionKind::kMetadata:
      return "metadata";
    case SectionKind::kGraph:
      return "graph";
    case SectionKind::kSubwordOptions:
      return "subword-options";
    case SectionKind::kSubwordBuckets:
      return "subword-buckets";
    case SectionKind::kSubwordHighPlane:
      return "subword-high-plane";
    case SectionKind::kSubwordLowPlane:
      return "subword-low-plane";
    case SectionKind::kSubwordScales:
      return "subword-scales";
    case SectionKind::kSubwordFloatRows:
      return "subword-float-rows";
    case SectionKind::kWordRows:
      return "word-rows";
    case SectionKind::kOutputRows:
      return "output-rows";
    case SectionKind::kTrainingState:
      return "training-state";
    case SectionKind::kGloveWordRows:
      return "glove-word-rows";
    case SectionKind::kGloveContextRows:
      return "glove-context-rows";
    case SectionKind::kDocumentFrames:
      return "document-frames";
    case SectionKind::kDocumentTexts:
      return "document-texts";
    case SectionKind::kNibblePlane:
      return "nibble-plane";
    case SectionKind::kDocumentSettings:
      return "document-settings";
  }
  return "unknown";
}

std::string_view PrecisionName(Precision precision) {
  switch (precision) {
    case Precision::kInt8:
      return "int8";
    case Precision::kTwoPlane:
      return "two-plane";
    case Precision::kFloat32:
      return "f32";
  }
  return "unknown";
}

}  // namespace wordkin
