#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::cli {

// What 'wordkin compare' found out, as terminal, JSON and HTML page show it.

struct ReportedWord {
  std::string word;
  float score = 0;  // cosine
};

// The word in one place of one text.
struct ReportedUsage {
  std::size_t text = 0;    // its number in texts
  std::size_t number = 0;  // of the text among all that were read, from 0
  bool is_cut = false;     // the encoder took only the beginning of the text
  contextual::ByteRange bytes;
  std::vector<ReportedWord> nearest;   // in context, best first
  std::array<float, 2> position = {};  // on the map
  std::size_t sense = 0;               // its number in senses, if there are any
};

struct ReportedSense {
  std::vector<ReportedWord> nearest;  // the words that name it, best first
  std::vector<std::size_t> examples;  // usages, the most typical first
  std::size_t usage_count = 0;
};

struct UsageReport {
  std::string word;
  std::string encoder;      // its folder
  std::string layer;        // whose vectors nearest words and map come from: "6", "last4"
  std::string sense_layer;  // by which usages were parted into senses
  std::vector<std::string> texts;
  std::vector<ReportedUsage> usages;
  std::size_t read_count = 0;     // texts, with those that are not kept
  std::size_t without_count = 0;  // of them have no place of the word
  std::size_t beyond_count = 0;   // places left out, as the encoder does not get as far
  // Of each layer, the embeddings first: cosines of usage i and j at i * usages.size() + j.
  std::vector<std::vector<float>> cosines;
  // Of each layer, over pairs of usages; one value, 1, with a single usage.
  std::vector<float> mean_cosines;
  std::array<float, 2> map_shares = {};  // of the usages' variance along both axes of the map
  std::string static_store;              // its file
  std::vector<ReportedWord>
      static_nearest;                 // the same for every usage; empty: word not in the store
  std::vector<ReportedSense> senses;  // empty: not asked for
  std::optional<float> silhouette;    // mean over the usages, with two senses or more
};

}  // namespace wordkin::cli
