#include "query/search/hnsw_index.h"

#include <hnswlib/hnswlib.h>
#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

#include "common/math/int8_record.h"
#include "common/support/error.h"
#include "common/support/first_failure.h"
#include "common/support/option_range.h"
#include "common/support/random.h"
#include "common/support/round_up.h"
#include "common/support/thread_check.h"
#include "query/search/graph_measurement.h"
#include "query/search/packed_graph.h"

// The only file that sees hnswlib, which builds the graph; packed_graph.h keeps it and
// search_graph.h searches it. hnswlib's memory is laid out here, and what it throws ends here.

namespace hnswlib {

// Levels come from the caller, by node and seed: hnswlib's own generator is shared by threads
// without a lock, and a node's level would depend on which thread came first.
template <>
inline int HierarchicalNSW<float>::getRandomLevel(double) {
  return 0;
}

}  // namespace hnswlib

namespace wordkin::query {
namespace {

using Links = hnswlib::HierarchicalNSW<float>;
using hnswlib::tableint;

constexpr std::size_t kLineBytes = 64;
constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

// What the graph is built by: the 8-bit rows that a search goes by too. They take a third of the
// memory of float32 rows and are compared faster; the order of neighbours hardly changes.
class RecordSpace : public hnswlib::SpaceInterface<float> {
 public:
  explicit RecordSpace(std::size_t dimension)
      : measure_{ActiveInt8PairDot(), Int8RecordBytes(dimension)} {}
  std::size_t get_data_size() override { return measure_.record_bytes; }
  hnswlib::DISTFUNC<float> get_dist_func() override { return NegativeScore; }
  void* get_dist_func_param() override { return &measure_; }

 private:
  struct Measure {
    Int8PairDot dot;
    std::size_t record_bytes;
  };

  // The nearest row is the one with the largest score.
  static float NegativeScore(const void* a, const void* b, const void* measure) {
    const auto& [dot, record_bytes] = *static_cast<const Measure*>(measure);
    return -ScoreInt8Records(dot, static_cast<const std::uint8_t*>(a),
                             static_cast<const std::uint8_t*>(b), record_bytes);
  }

  Measure measure_;
};

// hnswlib puts links, vector and label of a node behind one another without padding. Set apart by
// whole lines, a vector touches one line less; and the word behind a full list of links, which
// hnswlib reads for a prefetch, is ours and zero instead of past the end of the memory.
void LayOut(Links& links, std::size_t connectivity, std::size_t node_count, RecordSpace& space) {
  constexpr std::size_t kListHeader = sizeof(hnswlib::linklistsizeint);
  constexpr std::size_t kReadAhead = sizeof(tableint);
  links.size_links_level0_ = 2 * connectivity * sizeof(tableint) + kListHeader;
  links.size_links_per_element_ = connectivity * sizeof(tableint) + kListHeader + kReadAhead;
  links.data_size_ = space.get_data_size();
  links.offsetLevel0_ = 0;
  links.label_offset_ = RoundUp(links.size_links_level0_ + kReadAhead, sizeof(hnswlib::labeltype));
  links.offsetData_ = RoundUp(links.label_offset_ + sizeof(hnswlib::labeltype), kLineBytes);
  links.size_data_per_element_ = links.offsetData_ + links.data_size_;

  const std::size_t byte_count = RoundUp(node_count * links.size_data_per_element_, kHugePageBytes);
  std::free(links.data_level0_memory_);
  links.data_level0_memory_ = static_cast<char*>(std::aligned_alloc(kHugePageBytes, byte_count));
  if (links.data_level0_memory_ == nullptr) {
    throw Error(ErrorKind::kInputOutput, "cannot hold the graph in memory: it takes " +
                                             std::to_string(byte_count >> 20) + " MB");
  }
  // A search jumps from row to row: with small pages most of its time goes into address lookups.
  // Where there are no huge pages the call fails and nothing is lost.
  madvise(links.data_level0_memory_, byte_count, MADV_HUGEPAGE);
}

// Exponentially fewer nodes at each level (the paper's section 4.1).
std::uint8_t LevelOf(WordId node, const HnswOptions& options) {
  Random random(MixSeeds(options.seed, node));
  const double uniform = 1 - static_cast<double>(random.Next64() >> 11) * 0x1p-53;  // in (0, 1]
  const double level = -std::log(uniform) / std::log(options.connectivity);
  return static_cast<std::uint8_t>(std::min<double>(level, kHighestLevel));
}

Error OutOfMemory(const EmbeddingStore& store) {
  return Error(ErrorKind::kInputOutput, "cannot build the graph of '" + store.path() +
                                            "': out of memory (lower --connectivity or free some)");
}

class GraphBuilder {
 public:
  GraphBuilder(const EmbeddingStore& store, const HnswOptions& options)
      : store_(store),
        options_(options),
        space_(store.dimension()),
        links_(&space_, store.size(), static_cast<std::size_t>(options.connectivity),
               static_cast<std::size_t>(options.construction_effort)) {
    LayOut(links_, static_cast<std::size_t>(options.connectivity), store.size(), space_);
  }

  void AddAll(const std::function<void(std::size_t)>& progress, const std::atomic<bool>& stop) {
    constexpr std::size_t kProgressStep = 512;
    FirstFailure failure;
    Add(0);  // alone: the others need an entry point
    std::atomic<std::size_t> next{1};
#pragma omp parallel num_threads(options_.thread_count)
    {
      bool reports = false;
#pragma omp master
      reports = static_cast<bool>(progress);
      try {
        std::size_t reported = 0;
        for (std::size_t node = next++; node < store_.size(); node = next++) {
          if (stop || failure.happened()) break;
          Add(static_cast<WordId>(node));
          if (reports && node >= reported + kProgressStep) progress(reported = node);
        }
      } catch (...) {
        failure.Keep();
      }
    }
    failure.Rethrow();
  }

  std::vector<std::byte> Pack() const {
    std::vector<tableint> node_of_row(store_.size());
    std::vector<std::uint8_t> levels(store_.size());
    for (tableint node = 0; node < store_.size(); ++node) {
      node_of_row[RowOf(node)] = node;
      levels[RowOf(node)] = static_cast<std::uint8_t>(links_.element_levels_[node]);
    }
    GraphPacker packer(options_.connectivity, levels, RowOf(links_.enterpoint_node_));
    std::vector<WordId> rows;
    for (WordId row = 0; row < store_.size(); ++row) {
      for (int level = 0; level <= levels[row]; ++level) {
        const unsigned* const list = links_.get_linklist_at_level(node_of_row[row], level);
        rows.clear();
        for (unsigned i = 1; i <= links_.getListCount(const_cast<unsigned*>(list)); ++i) {
          rows.push_back(RowOf(list[i]));
        }
        packer.Append(row, rows);
      }
    }
    return packer.Finish();
  }

 private:
  void Add(WordId row) {
    std::vector<std::uint8_t> record(space_.get_data_size());
    CopyInt8Record(store_.scan_plane(), row, record);
    links_.addPoint(record.data(), row, LevelOf(row, options_));
  }
  // Threads add rows in an order of their own.
  WordId RowOf(tableint node) const { return static_cast<WordId>(links_.getExternalLabel(node)); }

  const EmbeddingStore& store_;
  const HnswOptions& options_;
  RecordSpace space_;
  Links links_;
};

}  // namespace

std::vector<std::byte> BuildHnswGraph(const EmbeddingStore& store, const HnswOptions& options,
                                      const std::function<void(std::size_t)>& progress,
                                      const std::atomic<bool>& stop) {
  CheckRange("--connectivity", options.connectivity, kLeastConnectivity, kMostConnectivity);
  CheckRange("--construction-effort", options.construction_effort, 10, 10'000);
  CheckRange("--threads", options.thread_count, 1, 1024);
  RequireThreads(options.thread_count);
  try {
    GraphBuilder builder(store, options);
    builder.AddAll(progress, stop);
    if (stop) return {};
    std::vector<std::byte> packed = builder.Pack();
    const auto efforts = MeasureEfforts(store, packed, options.thread_count);
    return WithMeasuredEfforts(std::move(packed), efforts);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw OutOfMemory(store);
  } catch (const std::runtime_error& error) {
    // hnswlib's own words for a malloc() that failed begin so.
    const std::string reason = error.what();
    if (reason.starts_with("Not enough memory")) throw OutOfMemory(store);
    throw Error(ErrorKind::kInternal,
                "cannot build the graph of '" + store.path() + "': hnswlib says: " + reason);
  }
}

}  // namespace wordkin::query
