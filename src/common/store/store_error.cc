#include "common/store/store_error.h"

namespace wordkin {

Error DamagedStore(const std::string& path, std::string_view reason) {
  return Error(ErrorKind::kDamaged, "'" + path + "' is damaged: " + std::string(reason) +
                                        " (restore the file from a copy)");
}

Error DamagedSection(const std::string& path, SectionKind kind, std::string_view reason) {
  return DamagedStore(path, NameSection(kind) + " " + std::string(reason));
}

Error NewerStore(const std::string& path, std::string_view reason) {
  return Error(ErrorKind::kDamaged, "'" + path + "' needs a newer version of Wordkin: " +
                                        std::string(reason) + " (upgrade wordkin)");
}

std::string NameSection(SectionKind kind) {
  const std::string_view name = SectionName(kind);
  if (name == "unknown") return "section " + std::to_string(static_cast<std::uint32_t>(kind));
  return "section " + std::string(name);
}

}  // namespace wordkin
