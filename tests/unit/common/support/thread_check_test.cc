#include "common/support/thread_check.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/support/error.h"

namespace wordkin {
namespace {

TEST(RequireThreads, IsContentWithWhatTheSystemGrants) {
  EXPECT_NO_THROW(RequireThreads(1));
  EXPECT_NO_THROW(RequireThreads(8));
}

// The sanitizers' shadow memory leaves no room to limit the address space in.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WORDKIN_UNDER_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WORDKIN_UNDER_SANITIZER
#endif
#endif

#ifndef WORDKIN_UNDER_SANITIZER
TEST(RequireThreads, ThrowsWhereTheSystemRefuses) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Each thread reserves megabytes of stack.
    const rlimit limit = {rlim_t{256} << 20, rlim_t{256} << 20};
    setrlimit(RLIMIT_AS, &limit);
    try {
      RequireThreads(1024);
    } catch (const Error& error) {
      _exit(error.kind() == ErrorKind::kInputOutput ? 0 : 1);
    }
    _exit(2);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}
#endif  // WORDKIN_UNDER_SANITIZER

}  // namespace
}  // namespace wordkin
