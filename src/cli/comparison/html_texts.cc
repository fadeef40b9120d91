#include "cli/comparison/html_texts.h"

#include <algorithm>

#include "cli/comparison/cosine_scale.h"
#include "cli/html/html_escape.h"

namespace wordkin::cli {
namespace {

bool IsInsideCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// How much of a text is kept beside the word: whole characters, and whole words where that costs at
// most 'most_lost' bytes more (text without spaces has words of any length).
struct Extent {
  std::size_t most;
  std::size_t most_lost;
};

std::string_view End(std::string_view text, Extent extent) {
  if (text.size() <= extent.most) return text;
  std::size_t begin = text.size() - extent.most;
  while (begin < text.size() && IsInsideCharacter(text[begin])) ++begin;
  // Not the space at its very end, before the word.
  const std::size_t space = text.substr(0, text.size() - 1).find(' ', begin);
  if (space != std::string_view::npos && space - begin < extent.most_lost) begin = space + 1;
  return text.substr(begin);
}

std::string_view Beginning(std::string_view text, Extent extent) {
  if (text.size() <= extent.most) return text;
  std::size_t end = extent.most;
  while (end > 0 && IsInsideCharacter(text[end])) --end;
  const std::size_t space = text.rfind(' ', end);
  if (space != std::string_view::npos && space > 0 && end - space <= extent.most_lost) end = space;
  return text.substr(0, end);
}

struct Surroundings {
  std::string before;
  std::string word;
  std::string after;
};

Surroundings Around(const UsageReport& report, std::size_t usage, Extent extent) {
  const std::string_view text = report.texts[report.usages[usage].text];
  const std::size_t begin = std::min(report.usages[usage].bytes.begin, text.size());
  const std::size_t end = std::clamp(report.usages[usage].bytes.end, begin, text.size());
  const std::string_view before = End(text.substr(0, begin), extent);
  const std::string_view after = Beginning(text.substr(end), extent);
  return {(before.size() < begin ? "…" : "") + std::string(before),
          std::string(text.substr(begin, end - begin)),
          std::string(after) + (after.size() < text.size() - end ? "…" : "")};
}

}  // namespace

std::string MarkedText(const UsageReport& report, std::size_t usage) {
  const Surroundings around = Around(report, usage, {.most = 160, .most_lost = 40});
  return EscapeHtml(around.before) + "<mark>" + EscapeHtml(around.word) + "</mark>" +
         EscapeHtml(around.after);
}

std::string PlainSnippet(const UsageReport& report, std::size_t usage) {
  const Surroundings around = Around(report, usage, {.most = 16, .most_lost = 16});
  return around.before + around.word + around.after;
}

std::string Snippet(const UsageReport& report, std::size_t usage) {
  return EscapeHtml(PlainSnippet(report, usage));
}

std::string NearestWords(std::span<const ReportedWord> nearest, std::size_t limit,
                         std::span<const ReportedWord> known) {
  std::string words;
  for (const ReportedWord& near : nearest.first(std::min(limit, nearest.size()))) {
    const bool is_known = std::ranges::any_of(
        known, [&near](const ReportedWord& other) { return other.word == near.word; });
    const std::string_view element = known.empty() || is_known ? "bdi" : "b";
    Append(words, words.empty() ? "" : " ", "<span><", element, " dir=\"auto\">",
           EscapeHtml(near.word), "</", element, "> <small>", CosineText(near.score),
           "</small></span>");
  }
  return words;
}

std::string SenseName(const ReportedSense& sense) {
  std::string name;
  for (const ReportedWord& near :
       std::span(sense.nearest).first(std::min<std::size_t>(3, sense.nearest.size()))) {
    Append(name, name.empty() ? "" : ", ", "<bdi>", EscapeHtml(near.word), "</bdi>");
  }
  return name;
}

std::string SenseColor(std::size_t sense) {
  constexpr std::size_t kColors = 7;  // of the style sheet
  return "s" + std::to_string(sense % kColors);
}

std::string SenseClass(const UsageReport& report, std::size_t usage) {
  return report.senses.empty() ? "" : " " + SenseColor(report.usages[usage].sense);
}

std::string LayerName(std::size_t layer) {
  return layer == 0 ? "embeddings" : "layer " + std::to_string(layer);
}

std::string LayerName(std::string_view layer) {
  if (layer == "last") return "the last layer";
  if (layer == "last4") return "the last four layers";
  return layer == "0" ? "the embeddings" : "layer " + EscapeHtml(layer);
}

std::string Numbered(std::size_t index) { return std::to_string(index + 1); }

}  // namespace wordkin::cli
