#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "cli/comparison/usage_report.h"

namespace wordkin::cli {

inline ReportedUsage SampleUsage(const std::vector<std::string>& texts, std::size_t text,
                                 const std::string& word) {
  ReportedUsage usage;
  usage.text = usage.number = text;
  usage.bytes.begin = texts[text].find(word);
  usage.bytes.end = usage.bytes.begin + word.size();
  return usage;
}

// Fills in cosines that fall from layer to layer until those of the last one, and their means.
template <typename LastCosine>
void FillSampleCosines(UsageReport& report, std::size_t layer_count, LastCosine last_cosine) {
  const std::size_t count = report.usages.size();
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    const double depth = static_cast<double>(layer) / static_cast<double>(layer_count - 1);
    std::vector<float> cosines(count * count, 1.0f);
    double sum = 0;
    for (std::size_t first = 0; first < count; ++first) {
      for (std::size_t second = 0; second < count; ++second) {
        if (first == second) continue;
        const double cosine = 0.96 - (0.96 - last_cosine(first, second)) * std::pow(depth, 0.7);
        cosines[first * count + second] = static_cast<float>(cosine);
        sum += cosine;
      }
    }
    const double pairs = static_cast<double>(count * (count - 1));
    report.mean_cosines.push_back(count < 2 ? 1.0f : static_cast<float>(sum / pairs));
    report.cosines.push_back(std::move(cosines));
  }
}

// "book" in five texts of six.
inline UsageReport FiveBooks() {
  UsageReport report;
  report.word = "book";
  report.encoder = "encoders/all-MiniLM-L6-v2";
  report.layer = "6";
  report.sense_layer = "6";
  report.static_store = "news.kin";
  report.texts = {"I will book a flight to Lisbon tomorrow morning.",
                  "She read the whole book in one afternoon.",
                  "You should book a table before they are all taken.",
                  "His first book sold ten thousand copies in a week.",
                  "The referee had to book two players for shouting."};
  for (std::size_t text = 0; text < 5; ++text) {
    report.usages.push_back(SampleUsage(report.texts, text, "book"));
  }
  report.read_count = 6;
  report.without_count = 1;
  report.usages[0].nearest = {{"reserve", 0.71f}, {"ticket", 0.66f}, {"flight", 0.63f},
                              {"travel", 0.58f},  {"trip", 0.55f},   {"airline", 0.52f}};
  report.usages[1].nearest = {{"novel", 0.74f}, {"books", 0.72f},  {"read", 0.69f},
                              {"story", 0.61f}, {"author", 0.57f}, {"chapter", 0.56f}};
  report.usages[2].nearest = {{"reserve", 0.75f},    {"reservation", 0.69f}, {"table", 0.60f},
                              {"restaurant", 0.58f}, {"dinner", 0.51f},      {"seats", 0.50f}};
  report.usages[3].nearest = {{"novel", 0.73f},     {"author", 0.70f}, {"books", 0.68f},
                              {"published", 0.62f}, {"memoir", 0.58f}, {"publisher", 0.57f}};
  report.usages[4].nearest = {{"referee", 0.64f}, {"caution", 0.55f}, {"penalty", 0.54f},
                              {"players", 0.52f}, {"foul", 0.50f},    {"suspend", 0.47f}};
  report.static_nearest = {{"books", 0.82f},  {"novel", 0.74f}, {"author", 0.69f},
                           {"memoir", 0.66f}, {"story", 0.63f}, {"chapter", 0.61f}};
  const float last[5][5] = {{1, .34f, .78f, .31f, .46f},
                            {.34f, 1, .37f, .81f, .29f},
                            {.78f, .37f, 1, .33f, .49f},
                            {.31f, .81f, .33f, 1, .27f},
                            {.46f, .29f, .49f, .27f, 1}};
  FillSampleCosines(report, 7, [&last](std::size_t i, std::size_t j) { return last[i][j]; });
  const float places[5][2] = {
      {-0.31f, 0.18f}, {0.42f, 0.09f}, {-0.29f, 0.12f}, {0.44f, 0.05f}, {-0.26f, -0.44f}};
  for (std::size_t usage = 0; usage < 5; ++usage) {
    report.usages[usage].position = {places[usage][0], places[usage][1]};
  }
  report.map_shares = {0.52f, 0.24f};
  return report;
}

// The five, told apart.
inline UsageReport FiveBooksWithSenses() {
  UsageReport report = FiveBooks();
  const std::size_t senses[5] = {0, 1, 0, 1, 2};
  for (std::size_t usage = 0; usage < 5; ++usage) report.usages[usage].sense = senses[usage];
  report.senses = {{report.usages[2].nearest, {2, 0}, 2},
                   {report.usages[3].nearest, {3, 1}, 2},
                   {report.usages[4].nearest, {4}, 1}};
  report.silhouette = 0.41f;
  return report;
}

// 'count' usages in three clouds, of as many senses if asked for; the same each time.
inline UsageReport ManyBooks(std::size_t count, bool has_senses) {
  static constexpr const char* kTexts[3] = {
      "Travellers who book their flights early pay about half of what others do, said number ",
      "Reviewers called it the book of the year, a long and quiet novel, in column number ",
      "The referee will book anyone who leaves the bench again, wrote the paper in report "};
  UsageReport report = FiveBooksWithSenses();
  const UsageReport five = report;
  report.texts.clear();
  report.usages.clear();
  report.cosines.clear();
  report.mean_cosines.clear();
  report.without_count = 0;
  report.read_count = count;
  std::vector<double> noise;
  unsigned state = 12345;
  for (std::size_t draw = 0; draw < 3 * count; ++draw) {
    state = state * 1664525u + 1013904223u;
    noise.push_back(static_cast<double>(state >> 8) / (1 << 24) - 0.5);
  }
  for (std::size_t index = 0; index < count; ++index) {
    const std::size_t sense = index * 7 % 10 < 4 ? 0 : index * 7 % 10 < 8 ? 1 : 2;
    report.texts.push_back(kTexts[sense] + std::to_string(index + 1) + ".");
    ReportedUsage usage = SampleUsage(report.texts, index, "book");
    usage.nearest = five.senses[sense].nearest;
    usage.sense = has_senses ? sense : 0;
    const ReportedUsage& middle = five.usages[five.senses[sense].examples[0]];
    usage.position = {middle.position[0] + static_cast<float>(0.3 * noise[3 * index]),
                      middle.position[1] + static_cast<float>(0.3 * noise[3 * index + 1])};
    report.usages.push_back(usage);
  }
  FillSampleCosines(report, 7, [&report, &noise](std::size_t i, std::size_t j) {
    const auto& a = report.usages[i].position;
    const auto& b = report.usages[j].position;
    const double apart = std::hypot(a[0] - b[0], a[1] - b[1]);
    return 0.85 - 0.7 * apart + 0.1 * (noise[3 * i + 2] + noise[3 * j + 2]);
  });
  for (std::size_t sense = 0; sense < 3; ++sense) {
    report.senses[sense].usage_count = 0;
    report.senses[sense].examples.clear();
    for (std::size_t index = 0; index < count; ++index) {
      if (!has_senses || report.usages[index].sense != sense) continue;
      ++report.senses[sense].usage_count;
      if (report.senses[sense].examples.size() < 3) report.senses[sense].examples.push_back(index);
    }
  }
  if (!has_senses) {
    report.senses.clear();
    report.silhouette.reset();
  }
  return report;
}

}  // namespace wordkin::cli
