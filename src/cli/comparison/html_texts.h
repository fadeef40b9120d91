#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "cli/comparison/usage_report.h"

namespace wordkin::cli {

// The word with what stands next to it, some 40 bytes in all; not escaped.
std::string PlainSnippet(const UsageReport& report, std::size_t usage);

// Everything below is HTML, escaped.

// The usage's text with the word in <mark>, cut to some 160 bytes on both sides of it.
std::string MarkedText(const UsageReport& report, std::size_t usage);

std::string Snippet(const UsageReport& report, std::size_t usage);

// The first words, at most 'limit', each with its cosine; those that 'known' has too are set apart.
std::string NearestWords(std::span<const ReportedWord> nearest, std::size_t limit,
                         std::span<const ReportedWord> known = {});

// The first three words, by commas, as a sense is called.
std::string SenseName(const ReportedSense& sense);

// The class that colours what belongs to a sense.
std::string SenseColor(std::size_t sense);
// The same of a usage's sense, with a space before it; empty without senses.
std::string SenseClass(const UsageReport& report, std::size_t usage);

// "embeddings", "layer 6", "the last four layers"; a layer's number or as --layer names it.
std::string LayerName(std::size_t layer);
std::string LayerName(std::string_view layer);

// The number that people see of a usage or a sense: from 1.
std::string Numbered(std::size_t index);

}  // namespace wordkin::cli
