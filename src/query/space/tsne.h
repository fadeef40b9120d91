#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "query/space/affinities.h"
#include "query/space/point.h"

namespace wordkin::query {

// t-SNE (van der Maaten and Hinton, JMLR 2008) with forces by Barnes and Hut (van der Maaten, JMLR
// 2014): points of the plane, near each other where their rows belong together. Settings are those
// of Belkina et al. (Nature Communications 2019).
struct TsneOptions {
  std::size_t round_count = 750;
  double theta = 0.5;  // what a square may be wide of its distance; 0: exact, and slow
  int thread_count = 1;
};

// The gradient of the divergence by each point, the affinities' pull taken 'exaggeration' times.
// theta as of Quadtree.
std::vector<Point> TsneGradient(const Affinities& affinities, std::span<const Point> points,
                                double exaggeration, double theta, int thread_count);

// KL(P || Q) in nats: what the plane cannot show of the affinities.
double TsneDivergence(const Affinities& affinities, std::span<const Point> points, double theta,
                      int thread_count);

// Told how many rounds are done.
using TsneObserver = std::function<void(std::size_t)>;

// From 'start', whose extent does not matter, one point a row. Ends early, with what there is, once
// 'stop' is true. The same for any number of threads.
std::vector<Point> PlaceByTsne(const Affinities& affinities, std::vector<Point> start,
                               const TsneOptions& options, const TsneObserver& observer,
                               const std::atomic<bool>& stop);

}  // namespace wordkin::query
