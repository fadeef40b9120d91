#include "contextual/tokenizers/decomposer.h"

#include <utf8proc.h>

#include <algorithm>

namespace wordkin::contextual {

std::size_t Decomposer::Decompose(char32_t code_point) {
  const auto plain = static_cast<utf8proc_int32_t>(code_point);
  constexpr char32_t kHangulFirst = 0xAC00;
  constexpr char32_t kHangulLast = 0xD7A3;
  const bool is_hangul = code_point >= kHangulFirst && code_point <= kHangulLast;
  decomposed_[0] = code_point;
  if (IsUndecomposed(code_point) ||
      (!is_hangul && utf8proc_get_property(plain)->decomp_seqindex == UINT16_MAX)) {
    return 1;
  }
  std::array<utf8proc_int32_t, 32> buffer;
  static_assert(std::tuple_size_v<decltype(buffer)> == std::tuple_size_v<decltype(decomposed_)>);
  int boundary_class = 0;
  const auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_DECOMPOSE | (form_ == Form::kCompatible ? UTF8PROC_COMPAT : UTF8PROC_DECOMPOSE));
  const utf8proc_ssize_t length = utf8proc_decompose_char(
      plain, buffer.data(), static_cast<utf8proc_ssize_t>(buffer.size()), options, &boundary_class);
  // The longest of Unicode has 18.
  if (length < 1 || length > static_cast<utf8proc_ssize_t>(buffer.size())) return 1;
  std::transform(buffer.begin(), buffer.begin() + length, decomposed_.begin(),
                 [](utf8proc_int32_t each) { return static_cast<char32_t>(each); });
  return static_cast<std::size_t>(length);
}

std::uint8_t Decomposer::CombiningClass(char32_t code_point) {
  return static_cast<std::uint8_t>(
      utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point))->combining_class);
}

void Decomposer::SortMarks() { std::ranges::stable_sort(waiting_, {}, &Waiting::order); }

}  // namespace wordkin::contextual
