// Speed and agreement of the searches over a .kin file:
//   query_benchmark FILE.kin [--against EXACT.kin] [--queries N] [--json]
// The ten neighbours of N words spread over the vocabulary, themselves left out, are compared with
// brute force in float32 over EXACT.kin (the same words in a store of precision f32) or else over
// FILE.kin's own rows. One thread.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "common/math/aligned_matrix.h"
#include "common/math/instruction_set.h"
#include "common/math/vector_kernels.h"
#include "common/store/embedding_store.h"
#include "query/search/exact_index.h"
#include "query/search/hnsw_index.h"
#include "query/search/search_request.h"

namespace wordkin::query {
namespace {

using Json = nlohmann::ordered_json;
using Answers = std::vector<std::vector<Neighbor>>;

constexpr std::size_t kNeighborCount = 10;

struct Arguments {
  std::string path;
  std::string exact_path;
  std::size_t query_count = 1000;
  bool json = false;
};

std::optional<Arguments> ParseArguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const bool has_value = i + 1 < count;
    if (std::strcmp(values[i], "--json") == 0) {
      arguments.json = true;
    } else if (std::strcmp(values[i], "--against") == 0 && has_value) {
      arguments.exact_path = values[++i];
    } else if (std::strcmp(values[i], "--queries") == 0 && has_value) {
      arguments.query_count = std::strtoul(values[++i], nullptr, 10);
    } else if (arguments.path.empty() && values[i][0] != '-') {
      arguments.path = values[i];
    } else {
      return std::nullopt;
    }
  }
  if (arguments.path.empty() || arguments.query_count == 0) return std::nullopt;
  return arguments;
}

double SecondsFor(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

AlignedMatrix UnitRows(const EmbeddingStore& store) {
  AlignedMatrix rows(store.size(), store.dimension());
  for (std::size_t id = 0; id < store.size(); ++id) {
    store.CopyUnitRow(static_cast<WordId>(id), rows.Row(id));
  }
  return rows;
}

struct Questions {
  std::vector<WordId> words;
  std::vector<std::vector<float>> vectors;
  std::vector<SearchRequest> requests;

  Questions(const EmbeddingStore& store, std::size_t count) {
    count = std::min(count, store.size());
    for (std::size_t i = 0; i < count; ++i) {
      words.push_back(static_cast<WordId>(i * store.size() / count));
      vectors.emplace_back(store.dimension());
      store.CopyRow(words.back(), vectors.back());
    }
    for (std::size_t i = 0; i < count; ++i) {
      requests.push_back({vectors[i], kNeighborCount, {&words[i], 1}});
    }
  }
};

Answers BruteForce(const EmbeddingStore& store, const Questions& questions) {
  const AlignedMatrix rows = UnitRows(store);
  Answers answers;
  std::vector<Neighbor> all(store.size());
  for (std::size_t i = 0; i < questions.words.size(); ++i) {
    const std::span<const float> query = rows.Row(questions.words[i]);
    for (std::size_t id = 0; id < store.size(); ++id) {
      all[id] = {static_cast<WordId>(id), Dot(query, rows.Row(id))};
    }
    answers.push_back(SelectNeighbors(all, questions.requests[i]));
  }
  return answers;
}

double Recall(const Answers& answers, const Answers& truth) {
  std::size_t found = 0;
  std::size_t expected = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    expected += truth[i].size();
    for (const Neighbor& neighbor : truth[i]) {
      found += static_cast<std::size_t>(
          std::count_if(answers[i].begin(), answers[i].end(),
                        [&](const Neighbor& answer) { return answer.id == neighbor.id; }));
    }
  }
  return expected == 0 ? 1 : static_cast<double>(found) / static_cast<double>(expected);
}

Answers OneByOne(const VectorIndex& index, const Questions& questions) {
  Answers answers;
  for (const SearchRequest& request : questions.requests) answers.push_back(index.Search(request));
  return answers;
}

// The fastest of three times, after one that brings the pages into memory.
Json Measure(const std::string& name, const std::function<Answers()>& search,
             const Answers& truth) {
  Answers answers = search();
  double seconds = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 3; ++i) seconds = std::min(seconds, SecondsFor([&] { answers = search(); }));
  const double count = static_cast<double>(truth.size());
  return {{"search", name},
          {"recall_at_10", Recall(answers, truth)},
          {"ms_per_query", seconds * 1000 / count},
          {"queries_per_second", count / seconds}};
}

Json MeasureGraph(const EmbeddingStore& store, const Questions& questions, const Answers& truth) {
  Json rows = Json::array();
  for (const int effort : {25, 50, 75, 100, 125, 150, 200, 300, 400}) {
    std::optional<HnswIndex> index;
    const double load_seconds = SecondsFor([&] { index.emplace(store, effort); });
    Json row = Measure(
        "hnsw effort " + std::to_string(effort), [&] { return OneByOne(*index, questions); },
        truth);
    row["load_ms"] = load_seconds * 1000;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json Sizes(const EmbeddingStore& store) {
  Json sizes = Json::array();
  for (const SectionEntry& section : store.sections()) {
    sizes.push_back({{"section", std::string(SectionName(section.kind))},
                     {"stored_bytes", section.stored_length},
                     {"raw_bytes", section.raw_length}});
  }
  return sizes;
}

Json Run(const Arguments& arguments) {
  std::optional<EmbeddingStore> opened;
  const double open_seconds = SecondsFor([&] { opened.emplace(arguments.path); });
  const EmbeddingStore& store = *opened;
  const Questions questions(store, arguments.query_count);
  const bool has_exact = !arguments.exact_path.empty();
  const Answers truth = has_exact ? BruteForce(EmbeddingStore(arguments.exact_path), questions)
                                  : BruteForce(store, questions);
  Json report = {{"file", arguments.path},
                 {"rows", store.size()},
                 {"dimension", store.dimension()},
                 {"precision", std::string(PrecisionName(store.precision()))},
                 {"instruction_set", ActiveInstructionSet()},
                 {"queries", truth.size()},
                 {"open_ms", open_seconds * 1000},
                 {"file_bytes", store.file_size()},
                 {"sections", Sizes(store)}};
  const ExactIndex exact(store);
  Json searches = Json::array();
  searches.push_back(Measure(
      "exact, one by one", [&] { return OneByOne(exact, questions); }, truth));
  searches.push_back(Measure(
      "exact, batches of 8", [&] { return exact.SearchBatch(questions.requests); }, truth));
  const auto sections = store.sections();
  if (std::any_of(sections.begin(), sections.end(), [](const SectionEntry& section) {
        return section.kind == SectionKind::kGraph;
      })) {
    for (Json& row : MeasureGraph(store, questions, truth)) searches.push_back(std::move(row));
  }
  report["searches"] = std::move(searches);
  return report;
}

void PrintTable(const Json& report) {
  std::printf(
      "%s: %zu x %zu, %s, %.1f MB, opened in %.2f ms; %s, one thread, %zu queries\n\n",
      report["file"].get<std::string>().c_str(), report["rows"].get<std::size_t>(),
      report["dimension"].get<std::size_t>(), report["precision"].get<std::string>().c_str(),
      report["file_bytes"].get<double>() / 1e6, report["open_ms"].get<double>(),
      report["instruction_set"].get<std::string>().c_str(), report["queries"].get<std::size_t>());
  for (const Json& section : report["sections"]) {
    std::printf(
        "%-24s %12.2f MB in the file %12.2f MB\n", section["section"].get<std::string>().c_str(),
        section["stored_bytes"].get<double>() / 1e6, section["raw_bytes"].get<double>() / 1e6);
  }
  std::printf("\n%-24s %10s %10s %12s %10s\n", "search", "recall@10", "ms/query", "queries/s",
              "load ms");
  for (const Json& row : report["searches"]) {
    std::printf("%-24s %10.4f %10.3f %12.0f %10s\n", row["search"].get<std::string>().c_str(),
                row["recall_at_10"].get<double>(), row["ms_per_query"].get<double>(),
                row["queries_per_second"].get<double>(),
                row.contains("load_ms")
                    ? std::to_string(static_cast<int>(row["load_ms"].get<double>())).c_str()
                    : "");
  }
}

}  // namespace
}  // namespace wordkin::query

int main(int argument_count, char** argument_values) {
  const auto arguments = wordkin::query::ParseArguments(argument_count, argument_values);
  if (!arguments) {
    std::fprintf(stderr,
                 "usage: query_benchmark FILE.kin [--against EXACT.kin] [--queries N] [--json]\n");
    return 2;
  }
  try {
    wordkin::UseInstructionSetFromEnvironment();
    const auto report = wordkin::query::Run(*arguments);
    if (arguments->json) {
      std::printf("%s\n", report.dump(2).c_str());
    } else {
      wordkin::query::PrintTable(report);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "query_benchmark: %s\n", error.what());
    return 1;
  }
  return 0;
}
