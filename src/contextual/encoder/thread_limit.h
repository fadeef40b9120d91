#pragma once

#include <omp.h>

namespace wordkin::contextual {

// Sets the threads that OpenMP, and so oneDNN, gives the calling thread, and sets them back.
class ThreadLimit {
 public:
  explicit ThreadLimit(int count) : before_(omp_get_max_threads()) { omp_set_num_threads(count); }
  ~ThreadLimit() { omp_set_num_threads(before_); }
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  int before_;
};

}  // namespace wordkin::contextual
