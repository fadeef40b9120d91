#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace wordkin {

// Cold sections as single zstd frames (RFC 8878) that state their content's length.

// The frame, or nullopt when it would save less than 1/64 of 'content', which is then better kept
// as it is.
std::optional<std::vector<std::byte>> Compress(std::span<const std::byte> content);

// The frame, whatever it saves, with zstd's own checksum of the content: for frames that are read
// one by one, without the checksum of their section.
std::vector<std::byte> CompressToFrame(std::span<const std::byte> content);

// The content, or nullopt when 'frame' is not exactly one whole frame that states 'raw_length' and
// yields as many bytes. Takes no memory before that statement is seen.
std::optional<std::vector<std::byte>> Decompress(std::span<const std::byte> frame,
                                                 std::uint64_t raw_length);

}  // namespace wordkin
