#pragma once

#include <string>
#include <string_view>

namespace wordkin::cli {

// What our pages have in common: one file that holds all it needs and fetches nothing.

// Colours of paper and ink by light and by dark, fonts, and what every page begins with.
inline constexpr std::string_view kBaseStyle = R"css(
:root{color-scheme:light dark;--paper:#fdfdfb;--ink:#1c1e21;--soft:#5b6068;--rule:#dcdcd6;
--tint:#f3f3ee;--blue:#1f4fa3;--ochre:#8a6100;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Source Serif 4","Liberation Serif",Georgia,serif}
@media screen and (prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#e6e6e1;--soft:#a0a5ad;
--rule:#34383f;--tint:#1f2228;--blue:#8db8ff;--ochre:#e5b94a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 var(--sans)}
a{color:inherit}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
:focus-visible{outline:2px solid var(--blue);outline-offset:2px;border-radius:2px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
)css";

// From the doctype to </head>, with the base style and the page's own behind it. 'title' is HTML.
std::string PageHead(std::string_view title, std::string_view style);

}  // namespace wordkin::cli
