#include "contextual/tokenizers/decomposer.h"

#include <utf8proc.h>

#include <algorithm>

#include "contextual/tokenizers/code_point_ranges.h"

namespace wordkin::contextual {
namespace {

// Marks that Unicode orders since its version 9, but the reference implementation does not.
constexpr CodePointRange kUnorderedMarks[] = {
    {0x7FD, 0x7FD},     {0x898, 0x89F},     {0x8CA, 0x8D3},     {0x9FE, 0x9FE},
    {0xC3C, 0xC3C},     {0xD3B, 0xD3C},     {0xEBA, 0xEBA},     {0x1715, 0x1715},
    {0x1ABF, 0x1ACE},   {0x1DF6, 0x1DFA},   {0xA82C, 0xA82C},   {0x10D24, 0x10D27},
    {0x10EAB, 0x10EAC}, {0x10EFD, 0x10EFF}, {0x10F46, 0x10F50}, {0x10F82, 0x10F85},
    {0x11070, 0x11070}, {0x1133B, 0x1133B}, {0x1145E, 0x1145E}, {0x11839, 0x1183A},
    {0x1193D, 0x1193E}, {0x11943, 0x11943}, {0x119E0, 0x119E0}, {0x11A34, 0x11A34},
    {0x11A47, 0x11A47}, {0x11A99, 0x11A99}, {0x11D42, 0x11D42}, {0x11D44, 0x11D45},
    {0x11D97, 0x11D97}, {0x11F41, 0x11F42}, {0x16FF0, 0x16FF1}, {0x1E08F, 0x1E08F},
    {0x1E130, 0x1E136}, {0x1E2AE, 0x1E2AE}, {0x1E2EC, 0x1E2EF}, {0x1E4EC, 0x1E4EF},
};

}  // namespace

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
  const auto combining_class = static_cast<std::uint8_t>(
      utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point))->combining_class);
  return combining_class != 0 && Contains(kUnorderedMarks, code_point) ? 0 : combining_class;
}

void Decomposer::SortMarks() { std::ranges::stable_sort(waiting_, {}, &Waiting::order); }

}  // namespace wordkin::contextual
