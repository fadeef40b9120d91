#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wordkin::cli {

// Threads that this process may run at once; at least 1.
int ProcessorCount();

// Memory that this process may still take: what the system has free, and no more than the limits
// set on the process and its container leave. nullopt when the system does not tell.
std::optional<std::uint64_t> AvailableMemoryBytes();

// Throws kInputOutput when 'bytes' are more than that: "ATTEMPT takes 3 GB of memory, and 2 GB are
// there; REMEDY".
void RequireMemory(std::uint64_t bytes, const std::string& attempt, const std::string& remedy);

// Room for us on the disk where 'path' is or would be; nullopt when the system does not tell.
std::optional<std::uint64_t> FreeDiskBytes(const std::string& path);

// Throws kUsage when 'output' is the very file 'input' ("-": what standard input is read from);
// 'loss' says what would be lost.
void RefuseSameFile(const std::string& input, const std::string& output, const std::string& loss);

struct NamedOutput {
  std::string name;  // "--output"
  std::string path;  // empty: none
};
// Throws kUsage when two of them are one file, whether or not it is there yet.
void RefuseSameOutputs(const std::vector<NamedOutput>& outputs);

}  // namespace wordkin::cli
