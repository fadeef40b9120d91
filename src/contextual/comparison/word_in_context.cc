#include "contextual/comparison/word_in_context.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <iterator>
#include <optional>
#include <string_view>

#include "common/math/aligned_matrix.h"
#include "common/math/principal_components.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/text/text_lines.h"

namespace wordkin::contextual {
namespace {

Error DamagedLine(const std::string& path, std::size_t line, const std::string& reason) {
  return {ErrorKind::kDamaged,
          "cannot read '" + path + "': line " + std::to_string(line) + ": " + reason};
}

std::string GoldPathOf(const std::string& path) {
  constexpr std::string_view kData = ".data.";
  const std::size_t at = path.rfind(kData);
  if (at == std::string::npos) {
    throw Error(ErrorKind::kUsage, "cannot tell where the answers to '" + path +
                                       "' are: its name has no '.data.', for which theirs has "
                                       "'.gold.'");
  }
  return path.substr(0, at) + ".gold." + path.substr(at + kData.size());
}

// The bytes of word number 'wanted' of a text whose words stand between single blanks.
std::optional<ByteRange> PlaceOf(std::string_view text, std::size_t wanted) {
  std::size_t begin = 0;
  for (std::size_t number = 0; begin <= text.size(); ++number) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (number == wanted) {
      return begin < end ? std::optional<ByteRange>({begin, end}) : std::nullopt;
    }
    begin = end + 1;
  }
  return std::nullopt;
}

// "2-5"
std::optional<std::array<std::size_t, 2>> ParseNumbers(std::string_view text) {
  std::array<std::size_t, 2> numbers;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, numbers[0]);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, numbers[1]);
  if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
  return numbers;
}

ContextPair ParsePair(const std::string& path, std::size_t line,
                      const std::vector<std::string_view>& fields) {
  if (fields.size() != 5) {
    throw DamagedLine(path, line,
                      "it has " + std::to_string(fields.size()) +
                          " fields between tabs, not 5: word, part of speech, places, "
                          "two texts");
  }
  const auto numbers = ParseNumbers(fields[2]);
  if (!numbers) throw DamagedLine(path, line, "its third field is no pair of numbers like 2-5");
  ContextPair pair;
  pair.word = fields[0];
  for (std::size_t side = 0; side < 2; ++side) {
    pair.texts[side] = fields[3 + side];
    const std::optional<ByteRange> place = PlaceOf(fields[3 + side], (*numbers)[side]);
    if (!place) {
      throw DamagedLine(path, line,
                        "its text " + std::to_string(side + 1) + " has no word number " +
                            std::to_string((*numbers)[side]));
    }
    pair.places[side] = *place;
  }
  return pair;
}

// The pairs whose two words the encoder gets to see.
std::vector<ContextPair> ReachedPairs(const TextEncoder& encoder,
                                      const std::vector<ContextPair>& pairs) {
  std::vector<ContextPair> reached;
  std::ranges::copy_if(pairs, std::back_inserter(reached), [&](const ContextPair& pair) {
    return Reaches(encoder.Tokenize(pair.texts[0]), pair.places[0]) &&
           Reaches(encoder.Tokenize(pair.texts[1]), pair.places[1]);
  });
  if (reached.empty()) {
    throw Error(ErrorKind::kUsage,
                "of no pair are both words within what the encoder takes of their texts");
  }
  return reached;
}

// Usage 2i and 2i + 1 are those of pair i.
UsageVectors VectorsOf(const TextEncoder& encoder, const std::vector<ContextPair>& pairs,
                       int thread_count) {
  std::vector<std::string> texts;
  std::vector<Usage> usages;
  for (const ContextPair& pair : pairs) {
    for (std::size_t side = 0; side < 2; ++side) {
      usages.push_back({texts.size(), pair.places[side]});
      texts.push_back(pair.texts[side]);
    }
  }
  return {encoder, texts, usages, thread_count};
}

// Writes the vector by which a method compares a usage.
using Transform =
    std::function<void(const UsageVectors&, std::size_t usage, std::vector<float>& vector)>;

AlignedMatrix LayerOf(const UsageVectors& usages, std::size_t layer) {
  AlignedMatrix rows(usages.usage_count(), usages.dimension());
  for (std::size_t usage = 0; usage < usages.usage_count(); ++usage) {
    std::ranges::copy(usages.At(usage, layer), rows.Row(usage).begin());
  }
  return rows;
}

void CopyLayer(const UsageVectors& usages, std::size_t usage, std::size_t layer,
               std::vector<float>& vector) {
  const std::span<const float> row = usages.At(usage, layer);
  vector.assign(row.begin(), row.end());
}

Transform PlainLayer(std::size_t layer) {
  return [layer](const UsageVectors& usages, std::size_t usage, std::vector<float>& vector) {
    CopyLayer(usages, usage, layer, vector);
  };
}

Transform LastLayers(std::size_t count) {
  return [count](const UsageVectors& usages, std::size_t usage, std::vector<float>& vector) {
    const std::size_t end = usages.layer_count();
    vector.assign(usages.dimension(), 0.0f);
    for (std::size_t layer = end - std::min(count, end - 1); layer < end; ++layer) {
      AddScaled(vector, 1.0f, usages.At(usage, layer));
    }
  };
}

Transform CentredLayer(std::size_t layer, const PrincipalComponents& components) {
  std::vector<float> mean(components.mean.begin(), components.mean.end());
  return [layer, mean](const UsageVectors& usages, std::size_t usage, std::vector<float>& vector) {
    CopyLayer(usages, usage, layer, vector);
    AddScaled(vector, -1.0f, mean);
  };
}

Transform WhitenedLayer(std::size_t layer, const PrincipalComponents& components) {
  return [layer, components](const UsageVectors& usages, std::size_t usage,
                             std::vector<float>& vector) {
    vector.resize(components.component_count());
    components.Project(usages.At(usage, layer), vector);
    for (std::size_t i = 0; i < vector.size(); ++i) {
      const double variance = components.variances[i];
      vector[i] = variance > 0 ? static_cast<float>(vector[i] / std::sqrt(variance)) : 0.0f;
    }
  };
}

Transform InContext(std::size_t layer, const PrincipalComponents& components) {
  const Transform centre = CentredLayer(layer, components);
  return [centre](const UsageVectors& usages, std::size_t usage, std::vector<float>& vector) {
    centre(usages, usage, vector);
    std::vector<float> own;
    CopyLayer(usages, usage, 0, own);
    Normalize(own);
    AddScaled(vector, -Dot(vector, own), own);
  };
}

struct Score {
  float score;
  bool is_same;
};

std::vector<Score> ScoresOf(const UsageVectors& usages, const std::vector<ContextPair>& pairs,
                            const Transform& transform) {
  std::vector<Score> scores;
  std::vector<float> first, second;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    transform(usages, 2 * i, first);
    transform(usages, 2 * i + 1, second);
    Normalize(first);
    Normalize(second);
    scores.push_back({Dot(first, second), pairs[i].is_same});
  }
  return scores;
}

// Right answers with a threshold.
std::size_t CountCorrect(const std::vector<Score>& scores, float threshold) {
  return static_cast<std::size_t>(std::ranges::count_if(
      scores, [&](const Score& each) { return (each.score >= threshold) == each.is_same; }));
}

void Tune(std::vector<Score> scores, ContextMethod& method) {
  std::ranges::sort(scores, {}, &Score::score);
  // With the least score for a threshold every pair is said to be the same.
  auto correct = static_cast<std::ptrdiff_t>(std::ranges::count(scores, true, &Score::is_same));
  std::ptrdiff_t most = -1;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool begins_group = i == 0 || scores[i].score != scores[i - 1].score;
    if (begins_group && correct > most) {
      most = correct;
      method.threshold = scores[i].score;
    }
    correct += scores[i].is_same ? -1 : 1;
  }
  method.tuned_accuracy = static_cast<double>(most) / static_cast<double>(scores.size());
}

std::vector<std::pair<std::string, Transform>> MethodsFor(const UsageVectors& tuning,
                                                          int thread_count) {
  std::vector<std::pair<std::string, Transform>> methods;
  const std::size_t end = tuning.layer_count();
  std::vector<PrincipalComponents> components(end);
  const std::size_t component_count =
      std::min(std::max<std::size_t>(1, tuning.dimension() / 3), tuning.usage_count());
  for (std::size_t layer = 1; layer < end; ++layer) {
    components[layer] = FindPrincipalComponents(LayerOf(tuning, layer), component_count,
                                                /*centers=*/true, thread_count);
  }
  for (std::size_t layer = 0; layer < end; ++layer) {
    methods.emplace_back("layer " + std::to_string(layer), PlainLayer(layer));
  }
  methods.emplace_back("last 4", LastLayers(4));
  const auto add = [&](const std::string& name, const auto& make) {
    for (std::size_t layer = 1; layer < end; ++layer) {
      methods.emplace_back(name + " " + std::to_string(layer), make(layer, components[layer]));
    }
  };
  add("centred", CentredLayer);
  add("whitened", WhitenedLayer);
  add("in context", InContext);
  return methods;
}

}  // namespace

std::vector<ContextPair> ReadContextPairs(const std::string& path) {
  std::vector<ContextPair> pairs;
  ForEachLine(ReadWholeText(path), [&](std::string_view line, std::size_t number) {
    pairs.push_back(ParsePair(path, number, SplitAt('\t', line)));
  });
  const std::string gold_path = GoldPathOf(path);
  std::size_t next = 0;
  ForEachLine(ReadWholeText(gold_path), [&](std::string_view line, std::size_t number) {
    if (line != "T" && line != "F") throw DamagedLine(gold_path, number, "it is neither T nor F");
    if (next < pairs.size()) pairs[next].is_same = line == "T";
    ++next;
  });
  if (next != pairs.size() || pairs.empty()) {
    throw Error(ErrorKind::kDamaged, "cannot use '" + path + "': it has " +
                                         std::to_string(pairs.size()) + " pairs, and '" +
                                         gold_path + "' answers " + std::to_string(next));
  }
  return pairs;
}

std::uint64_t ContextMemoryBytes(const Encoder& encoder, std::size_t pair_count,
                                 std::size_t tuning_count) {
  return UsageVectors::ByteCount(encoder, 2 * (pair_count + tuning_count)) +
         AlignedMatrix::ByteCount(2 * tuning_count, encoder.dimension());
}

ContextReport EvaluateWordInContext(const TextEncoder& encoder,
                                    const std::vector<ContextPair>& all_pairs,
                                    const std::vector<ContextPair>& all_tuning, int thread_count) {
  const std::vector<ContextPair> pairs = ReachedPairs(encoder, all_pairs);
  const std::vector<ContextPair> tuning = ReachedPairs(encoder, all_tuning);
  const UsageVectors tuning_vectors = VectorsOf(encoder, tuning, thread_count);
  const UsageVectors vectors = VectorsOf(encoder, pairs, thread_count);
  ContextReport report;
  report.asked = pairs.size();
  report.skipped = all_pairs.size() - pairs.size() + all_tuning.size() - tuning.size();
  report.same = static_cast<std::size_t>(std::ranges::count(pairs, true, &ContextPair::is_same));
  report.tuned_on = tuning.size();
  for (const auto& [name, transform] : MethodsFor(tuning_vectors, thread_count)) {
    ContextMethod method = {.name = name};
    Tune(ScoresOf(tuning_vectors, tuning, transform), method);
    method.correct = CountCorrect(ScoresOf(vectors, pairs, transform), method.threshold);
    report.methods.push_back(std::move(method));
  }
  const auto best = std::ranges::max_element(report.methods, {}, &ContextMethod::tuned_accuracy);
  report.best = static_cast<std::size_t>(best - report.methods.begin());
  return report;
}

}  // namespace wordkin::contextual
