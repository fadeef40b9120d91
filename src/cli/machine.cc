#include "cli/machine.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <thread>

#include "cli/numbers.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

bool IsSamePath(const std::string& path, const std::string& other) {
  std::error_code ignored;
  if (path == other || std::filesystem::equivalent(path, other, ignored)) return true;
  const auto whole = [&](const std::string& name) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(name, ignored), ignored);
  };
  return whole(path) == whole(other);
}

// The number in a line "MemAvailable:   123 kB", as bytes.
std::optional<std::uint64_t> FreeSystemMemory() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  std::uint64_t kibibytes = 0;
  std::string unit;
  while (file >> name >> kibibytes) {
    if (name == "MemAvailable:") return kibibytes * 1024;
    std::getline(file, unit);
  }
  return std::nullopt;
}

// The container's limit; "max" or no such file: none.
std::optional<std::uint64_t> ContainerMemory() {
  std::ifstream file("/sys/fs/cgroup/memory.max");
  std::string word;
  file >> word;
  return ParseInteger(word);
}

std::optional<std::uint64_t> AddressSpaceLeft() {
  rlimit limit = {};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  std::ifstream file("/proc/self/statm");
  std::uint64_t pages = 0;
  file >> pages;
  const std::uint64_t used = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return limit.rlim_cur - std::min<std::uint64_t>(limit.rlim_cur, used);
}

}  // namespace

int ProcessorCount() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

std::optional<std::uint64_t> AvailableMemoryBytes() {
  std::optional<std::uint64_t> least;
  for (const auto& bytes : {FreeSystemMemory(), ContainerMemory(), AddressSpaceLeft()}) {
    if (bytes) least = std::min(least.value_or(*bytes), *bytes);
  }
  return least;
}

void RequireMemory(std::uint64_t bytes, const std::string& attempt, const std::string& remedy) {
  const std::optional<std::uint64_t> available = AvailableMemoryBytes();
  if (!available || bytes <= *available) return;
  throw Error(ErrorKind::kInputOutput, attempt + " takes " + HumanBytes(bytes) +
                                           " of memory, and " + HumanBytes(*available) +
                                           " are there; " + remedy);
}

std::optional<std::uint64_t> FreeDiskBytes(const std::string& path) {
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  struct statvfs disk = {};
  if (::statvfs(folder.c_str(), &disk) != 0) return std::nullopt;
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

void RefuseSameFile(const std::string& input, const std::string& output, const std::string& loss) {
  struct stat input_status = {};
  struct stat output_status = {};
  const bool is_known =
      input == "-" ? ::fstat(0, &input_status) == 0 : ::stat(input.c_str(), &input_status) == 0;
  if (!is_known) return;
  if (::stat(output.c_str(), &output_status) != 0) return;
  if (!S_ISREG(output_status.st_mode)) return;
  if (input_status.st_dev != output_status.st_dev || input_status.st_ino != output_status.st_ino) {
    return;
  }
  throw Error(ErrorKind::kUsage, "output '" + output + "' is the same file as input '" + input +
                                     "', " + loss + "; choose another name");
}

void RefuseSameOutputs(const std::vector<NamedOutput>& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (std::size_t j = i + 1; j < outputs.size(); ++j) {
      if (outputs[i].path.empty() || outputs[j].path.empty()) continue;
      if (!IsSamePath(outputs[i].path, outputs[j].path)) continue;
      throw Error(ErrorKind::kUsage, outputs[i].name + " and " + outputs[j].name +
                                         " name the same file '" + outputs[i].path +
                                         "'; choose another for one of them");
    }
  }
}

}  // namespace wordkin::cli
