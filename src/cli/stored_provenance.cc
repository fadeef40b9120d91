#include "cli/stored_provenance.h"

#include <string>

#include "common/store/store_error.h"

namespace wordkin::cli {
namespace {

// Writing JSON takes stack for each level, so a file from elsewhere must not choose how many.
constexpr int kMostLevels = 64;

}  // namespace

Json ReadProvenance(const EmbeddingStore& store) {
  const auto damaged = [&store](const std::string& reason) {
    return DamagedSection(store.path(), SectionKind::kMetadata, reason);
  };
  const auto check_depth = [&damaged](int depth, Json::parse_event_t, const Json&) {
    if (depth > kMostLevels) throw damaged("is nested too deeply");
    return true;
  };
  Json provenance = Json::parse(store.ReadMetadata(), check_depth, false);
  if (!provenance.is_object()) throw damaged("is no JSON object");
  return provenance;
}

}  // namespace wordkin::cli
