#include "train/glove/scratch_space.h"

#include <filesystem>
#include <system_error>

#include "common/support/error.h"

namespace wordkin::train {

void RequireScratchSpace(const std::string& folder, std::uint64_t byte_count,
                         const std::string& what) {
  std::error_code error, no_temporary_folder;
  // As ScratchFile has it.
  std::filesystem::path place = folder;
  if (folder.empty()) place = std::filesystem::temp_directory_path(no_temporary_folder);
  if (no_temporary_folder) place = "/tmp";
  const std::filesystem::space_info space = std::filesystem::space(place, error);
  const std::string remedy =
      "; raise --memory, or name another folder with --scratch-folder or TMPDIR";
  if (error) {
    throw Error(ErrorKind::kInputOutput, "cannot use the scratch folder '" + place.native() +
                                             "' for " + what + ": " + error.message() + remedy);
  }
  if (space.available >= byte_count) return;
  throw Error(ErrorKind::kInputOutput,
              what + " will take " + std::to_string(byte_count / 1'000'000 + 1) +
                  " MB in the scratch folder '" + place.native() + "', which has " +
                  std::to_string(space.available / 1'000'000) + " MB left" + remedy);
}

}  // namespace wordkin::train
