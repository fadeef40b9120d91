#pragma once

#include <string_view>

namespace wordkin::cli {

// The fixed parts of the page of a map.

inline constexpr std::string_view kMapPageStyle = R"css(
html,body{height:100%}
main{height:100%;min-height:34rem;display:grid;grid-template:auto minmax(0,1fr)/minmax(0,1fr) 20rem}
header{grid-column:1;padding:.9rem 1.25rem .6rem}
h1{font:600 1.35rem/1.25 var(--serif);margin:0;overflow-wrap:anywhere}
h2{font:600 1.05rem/1.3 var(--serif);margin:0 0 .4rem;overflow-wrap:anywhere}
#stage{grid-area:2/1;position:relative;min-height:0;border-top:1px solid var(--rule)}
#picture,#map{position:absolute;inset:0;width:100%;height:100%;display:block}
#map{touch-action:none;cursor:grab}
#map.over{cursor:pointer}#map.moving{cursor:grabbing}
#map:focus-visible{outline-offset:-3px}
#side{grid-area:1/2/3/3;overflow-y:auto;border-left:1px solid var(--rule);padding:1rem 1.25rem;display:flex;flex-direction:column;gap:1.25rem}
.zoom{position:absolute;right:.9rem;bottom:.9rem;display:flex;flex-direction:column;gap:.35rem;align-items:flex-end}
.zoom output{font-size:.8rem;color:var(--soft);background:var(--paper);padding:0 .3rem;border-radius:3px;font-variant-numeric:tabular-nums}
.zoom button{width:2.4rem;height:2.4rem;border:1px solid var(--rule);border-radius:6px;background:var(--paper);color:var(--ink);font:1.2rem/1 var(--sans);cursor:pointer}
.zoom button:hover,.clusters button:hover,.near button:hover{background:var(--tint)}
#status{position:absolute;left:1.25rem;bottom:.9rem;font-size:.8rem;color:var(--soft);background:var(--paper);padding:0 .3rem;border-radius:3px}
label{font-weight:600;display:block;margin-bottom:.3rem}
input[type=search]{width:100%;font:1rem/1.4 var(--sans);padding:.45rem .6rem;border:1px solid var(--soft);border-radius:6px;background:var(--paper);color:var(--ink)}
#count{font-size:.85rem;color:var(--soft);min-height:1.3em;display:block;margin-top:.25rem}
#found{list-style:none;margin:.35rem 0 0;padding:0;border:1px solid var(--rule);border-radius:6px;overflow:hidden}
#found li{padding:.3rem .6rem;cursor:pointer;overflow-wrap:anywhere}
#found li[aria-selected=true],#found li:hover{background:var(--tint)}
#found li[aria-selected=true]{box-shadow:inset 3px 0 var(--blue)}
.clusters,.near{list-style:none;margin:0 -.5rem;padding:0}
.clusters button,.near button{display:flex;gap:.55rem;align-items:baseline;width:100%;text-align:start;background:none;border:0;border-radius:5px;padding:.28rem .5rem;color:inherit;font:inherit;font-size:.95rem;cursor:pointer;overflow-wrap:anywhere}
.clusters button[aria-pressed=true]{background:var(--tint);box-shadow:inset 3px 0 var(--c,var(--blue))}
.clusters span,.near bdi{flex:1;min-width:0}
.marker{width:.95rem;height:.95rem;flex:none;align-self:center}
small{font-size:.78rem;color:var(--soft);font-variant-numeric:tabular-nums}
.note{color:var(--soft);font-size:.85rem;line-height:1.45;margin:0}
.note kbd{font:inherit;border:1px solid var(--rule);border-radius:3px;padding:0 .25em}
#word p{margin:0 0 .4rem;color:var(--soft);font-size:.9rem;display:flex;gap:.4rem}
#tip{position:fixed;z-index:2;padding:.25rem .55rem;background:var(--ink);color:var(--paper);border-radius:4px;font-size:.88rem;pointer-events:none;max-width:min(24rem,90vw);overflow-wrap:anywhere}
@media (max-width:52rem){
html,body,main{height:auto}
main{display:block;min-height:0}
header{padding:.8rem 1rem .5rem}
#stage{height:min(62vh,34rem);height:min(62dvh,34rem);border-bottom:1px solid var(--rule)}
#side{border:0;padding:1rem}
}
@media print{main{display:block;height:auto}#stage{height:60vh}.zoom,#status,form{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";

// What the map lies in, up to the picture in it.
inline constexpr std::string_view kMapStage = R"html(<div id="stage">
)html";

// From behind the picture: how one zooms, then, beside the map, how one finds words.
inline constexpr std::string_view kMapControls = R"html(<output id="status" hidden></output>
<div class="zoom" hidden><output id="zoom">100 %</output>
<button type="button" id="nearer" aria-label="Zoom in">+</button>
<button type="button" id="farther" aria-label="Zoom out">−</button>
<button type="button" id="whole" aria-label="Show the whole map">⤢</button></div>
</div>
<div id="side">
<form role="search" hidden><label for="find">Find a word</label>
<input id="find" type="search" role="combobox" aria-expanded="false" aria-controls="found" aria-autocomplete="list" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search">
<output id="count" for="find"></output><ul id="found" role="listbox" aria-label="Words found" hidden></ul></form>
<section id="word" aria-live="polite" hidden><h2></h2><p></p><ol class="near"></ol></section>
)html";

}  // namespace wordkin::cli
