#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace wordkin::cli {

// Clusters' colours on light and on dark paper. Found by search for the widest smallest difference
// of any two, as seen by people with full and with each kind of partial colour vision, among those
// that stand out from the paper; the tests say by how much.
inline constexpr std::size_t kMapColors = 8;
inline constexpr std::array<std::string_view, kMapColors> kLightColors = {
    "#2f66bf", "#ec6039", "#13a47d", "#a13485", "#6f5e27", "#3e116e", "#6b0510", "#034551"};
inline constexpr std::array<std::string_view, kMapColors> kDarkColors = {
    "#1866ef", "#f1b577", "#d3f7d1", "#ba299e", "#736a0b", "#9f95f3", "#fe6797", "#84d1f7"};

constexpr std::size_t ClusterColor(std::size_t cluster) { return cluster % kMapColors; }

// Of kMarkerShapes: no two of the first 32 clusters have both colour and shape in common.
constexpr std::size_t ClusterShape(std::size_t cluster) { return cluster + cluster / kMapColors; }

// "--c0:#123456;--c1:..." for a style sheet.
std::string ColorVariables(const std::array<std::string_view, kMapColors>& colors);

}  // namespace wordkin::cli
