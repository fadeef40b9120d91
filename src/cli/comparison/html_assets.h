#pragma once

#include <string_view>

namespace wordkin::cli {

// The page's own style, behind the base of all pages. Blue is what the encoder says, ochre what the
// static vector says.
inline constexpr std::string_view kPageStyle = R"css(
:root{--mark:#ffe9a3;
--s0:#1f5fbf;--s1:#b8520a;--s2:#00785f;--s3:#a8327c;--s4:#766500;--s5:#5a43b5;--s6:#5d6269}
@media screen and (prefers-color-scheme:dark){:root{--mark:#5a4a12;
--s0:#7fb2ff;--s1:#ff9f5a;--s2:#4fd0ab;--s3:#f08bc7;--s4:#dccb57;--s5:#b5a5ff;--s6:#b4b9c1}}
main,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}
header{padding:3.5rem 0 1rem}
h1{font:600 2.6rem/1.15 var(--serif);margin:0;letter-spacing:-.01em;text-wrap:balance;overflow-wrap:anywhere}
h1 span{font-weight:400;color:var(--soft)}
h2{font:600 1.5rem/1.2 var(--serif);margin:0 0 .35rem}
h3{font:600 1.1rem/1.35 var(--serif);margin:0}
section{padding:2.25rem 0 1rem;border-top:1px solid var(--rule);margin-top:1.5rem}
.summary{font-size:1.1rem;max-width:44rem;margin:1rem 0 1.25rem}
.note{color:var(--soft);max-width:44rem;margin:0 0 1.1rem;font-size:.95rem}
dl{display:flex;flex-wrap:wrap;gap:.35rem 2rem;margin:0;font-size:.9rem}
dl div{display:flex;gap:.5rem;min-width:0}
dt{color:var(--soft);white-space:nowrap}
dd{margin:0;overflow-wrap:anywhere}
.text{font-family:var(--serif);font-size:1.08rem;line-height:1.45;overflow-wrap:anywhere;unicode-bidi:plaintext}
mark{background:var(--mark);color:inherit;border-radius:.2em;padding:.04em .18em;font-weight:600}
.number{font-variant-numeric:tabular-nums;font-weight:600}
span.number[class*=" s"]{color:var(--c)}
.s0{--c:var(--s0)}.s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}.s4{--c:var(--s4)}.s5{--c:var(--s5)}.s6{--c:var(--s6)}
.usages{width:100%;border-collapse:collapse}
.usages th,.usages td{text-align:start;vertical-align:top;padding:.7rem 1.25rem .7rem 0}
.usages thead th{font-size:.85rem;font-weight:600;color:var(--soft);padding-bottom:.4rem;border-bottom:1px solid var(--rule)}
.usages tbody tr{border-bottom:1px solid var(--rule)}
.usages tbody th{width:2.2rem;padding-top:.78rem}
.usages tbody tr:last-child{border-bottom:0}
.usages tr:target,.usages tr.on{background:var(--tint)}
.usages .near{width:31%}
.usages .context{color:var(--blue)}
.usages .static{color:var(--ochre);padding-right:0;width:25%}
.near{font-size:.95rem;line-height:1.6}
.near span{display:inline-block;margin-right:.7em;white-space:nowrap;max-width:100%;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}
.near bdi{opacity:.8}
.static bdi{opacity:1}
.near b,b.news{color:var(--blue);font-weight:600}
small{font-size:.72rem;color:var(--soft);font-variant-numeric:tabular-nums}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--soft);font-size:.95rem;padding:.3rem 0}
.controls{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .9rem;margin:0 0 1rem}
.controls label{font-weight:600}
input[type=range]{width:min(22rem,100%);height:1.75rem;accent-color:var(--blue);margin:0}
output{font-variant-numeric:tabular-nums;min-width:12rem}
.matrices{display:flex;flex-wrap:wrap;gap:1.5rem 3rem;align-items:flex-start}
.matrix{flex:1 1 28rem;min-width:0;max-width:46rem}
.heat{width:100%;border-collapse:separate;border-spacing:2px;table-layout:fixed;forced-color-adjust:none;
font-size:clamp(.5rem,calc(66vw / var(--n) / 2.6),.95rem);font-variant-numeric:tabular-nums}
.heat td,.heat th{padding:0;text-align:center}
.heat tbody td{height:clamp(1.15rem,calc(26rem / var(--n)),3rem);border-radius:2px}
.heat th:first-child,.heat thead td{width:14rem}
.heat tbody th{text-align:start;font-weight:400;padding-right:.6rem}
.heat tbody a{display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;text-decoration:none}
.heat .snippet{font-family:var(--serif);color:var(--soft);margin-left:.3em}
.heat .number{font-size:.9rem}
.heat tbody td.on{outline:2px solid var(--ink);outline-offset:0}
.heat.dense{border-spacing:0;line-height:1}
.heat.dense td{border-radius:0;height:auto;aspect-ratio:1}
.heat.dense th:first-child,.heat.dense thead td{width:1.7rem}
.heat.dense .number{font-size:clamp(.45rem,1.1vw,.7rem);font-weight:400}
.picture{display:grid;grid-template:auto 1fr/auto 1fr;gap:3px;max-width:40rem}
.picture img,.picture canvas{grid-area:2/2;width:100%;aspect-ratio:1;image-rendering:pixelated;display:block}
.strip{display:flex}.strip i{background:var(--c);flex:0 0 0}
.across{grid-area:1/2;height:7px}.down{grid-area:2/1;width:7px;flex-direction:column}
.legend{display:flex;align-items:center;gap:.6rem;font-size:.85rem;color:var(--soft);margin:.7rem 0 0;font-variant-numeric:tabular-nums}
.legend i{width:9rem;height:.6rem;border-radius:2px;forced-color-adjust:none}
.same{margin:1.6rem 0 0;width:8.5rem}
.same svg{display:block;width:100%;border-radius:3px}
.same path{stroke:#000;stroke-width:.8;opacity:.16}
.same text{font:600 15px var(--sans);text-anchor:middle;fill:#000}
figcaption{font-size:.85rem;color:var(--ochre);margin-top:.4rem}
.chart{display:block;width:100%;max-width:46rem;height:auto;font:12px var(--sans);overflow:visible}
.chart text{fill:var(--soft);text-anchor:middle}
.chart .end{text-anchor:end}.chart .start{text-anchor:start}
.axes path{stroke:var(--rule);stroke-width:1}
.axes rect{fill:none;stroke:var(--rule)}
.chart .pair path,.chart .mean,.chart .constant,.cursor{fill:none}
.pair path{stroke:var(--blue);stroke-width:1.1;opacity:.5}
.pair .hit{stroke-width:9;opacity:0;pointer-events:stroke}
.pair.within path:not(.hit){opacity:.9;stroke-width:1.4}
.pair.between path:not(.hit){stroke:var(--soft)}
.pair text{font-size:11.5px}
.chart .mean{stroke:var(--ink);stroke-width:2.75;stroke-linejoin:round}
.average circle{fill:var(--ink)}
.chart .mean.within{stroke:var(--blue);stroke-width:2;stroke-dasharray:7 3}.chart .mean.between{stroke:var(--soft);stroke-width:2;stroke-dasharray:2 3}
.chart .range{fill:var(--blue);opacity:.16}
.chart .constant{stroke:var(--ochre);stroke-width:2;stroke-dasharray:6 4}
.cursor{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
.pair.on path:not(.hit),.pair:hover path:not(.hit){stroke-width:3;opacity:1}
.pair.on text,.pair:hover text{fill:var(--ink);font-weight:700}
.keys{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.85rem;color:var(--soft);margin:.6rem 0 0}
.key{display:inline-flex;align-items:center;gap:.45rem}
.key.average::before,.key.pairs::before,.key.within::before,.key.between::before,.key.constant::before,.key.range::before{content:"";width:1.5rem;border-top:2px solid var(--blue)}
.key.average::before{border-top:3px solid var(--ink)}
.key.between::before{border-color:var(--soft)}
.key.within.mean::before{border-top-style:dashed}.key.between.mean::before{border-top-style:dotted}
.key.constant::before{border-top:2px dashed var(--ochre)}
.key.range::before{border-top:.7rem solid var(--blue);opacity:.25}
.point{fill:var(--c,var(--blue));text-decoration:none}
.point>:not(text){stroke:var(--paper);stroke-width:1}
.point text{fill:var(--ink)}
.crowded .number{font-size:10.5px;font-weight:500}
.point .snippet{fill:var(--soft);font-family:var(--serif)}
.point:hover>:not(text),.point.on>:not(text),.point:focus-visible>:not(text){stroke:var(--ink);stroke-width:2.5}
.senses{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr));gap:1.75rem 2.5rem}
.senses article{min-width:0}
.marker{width:.95rem;height:.95rem;fill:var(--c);vertical-align:-.1em;flex:none}
.count{color:var(--soft);font-size:.9rem;margin:.1rem 0 .4rem}
.senses .near{margin:0 0 .6rem}
.senses ul{list-style:none;margin:0;padding:0}
.senses li{display:flex;gap:.7rem;margin:.45rem 0}
.senses li a{color:var(--soft);font-size:.85rem;padding-top:.2rem;font-variant-numeric:tabular-nums}
.senses q{quotes:none;font-size:1rem}
.numbers{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
.numbers th,.numbers td{padding:.2rem 1.5rem .2rem 0;text-align:end;font-weight:400}
.numbers th:first-child{text-align:start}
.numbers thead th{color:var(--soft)}
footer{color:var(--soft);font-size:.85rem;padding-top:2rem;padding-bottom:3rem}
#tip{position:fixed;z-index:2;max-width:min(24rem,90vw);padding:.5rem .75rem;background:var(--ink);color:var(--paper);border-radius:5px;font-size:.88rem;line-height:1.4;pointer-events:none;box-shadow:0 3px 14px #0004}
#tip div{overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:4;unicode-bidi:plaintext}
@media (max-width:46rem){
main,footer{padding-left:1rem;padding-right:1rem}
header{padding-top:2rem}
h1{font-size:1.9rem}
.usages thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.usages,.usages tbody{display:block}
.usages tr{display:grid;grid-template-columns:2rem 1fr;padding:.75rem 0}
.usages td,.usages tbody th{padding:0;width:auto!important}
.usages tbody th{padding-top:.08rem}
.usages .near{grid-column:2;margin-top:.5rem}
.usages .near::before{content:attr(data-label);display:block;font-size:.78rem;color:var(--soft)}
.heat .snippet{display:none}
.heat th:first-child,.heat thead td{width:1.6rem}
.heat tbody th{padding-right:.2rem}
.chart{font-size:20px}
.chart .pair path:not(.hit){stroke-width:1.8}.chart .mean{stroke-width:4}
.chart .pair text,.point .snippet,.crowded .number,.heat.dense thead .number{display:none}
.same{margin-top:0}
}
@media print{html{font-size:78%}.controls input,.controls label,#tip,.cursor,summary{display:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
h2,.note,.controls{break-after:avoid}.usages tr,article,svg,.matrices{break-inside:avoid}header{padding-top:.5rem}}
)css";

// What the slider and the pointer do. All text that it shows it takes from the page as text.
inline constexpr std::string_view kPageScript = R"js(
'use strict';
(() => {
const $ = id => document.getElementById(id);
const data = JSON.parse($('data').textContent), order = data.order, count = order.length;
const pairs = data.cosines.map(text => Uint8Array.from(atob(text), c => c.charCodeAt(0)));
const slider = $('layer'), shown = $('shown'), tip = $('tip'), cursor = document.querySelector('.cursor');
let heat = $('heat'), layer = pairs.length - 1, marked = [];

const cosineOf = (at, i, j) => {
  if (i === j) return 200;
  if (i > j) [i, j] = [j, i];
  return pairs[at][i * (2 * count - i - 1) / 2 + j - i - 1];
};
const textOf = cosine => cosine === 255 ? 'n/a' : ((cosine - 100) / 100).toFixed(2).replace('-', '\u2212');
const colorOf = cosine => cosine === 255 ? '#888888' : data.palette.substr(7 * (cosine - data.lowest), 7);

// The heat map, a picture or a table, at the layer chosen.
let canvas = null;
if (heat.tagName === 'IMG') {
  canvas = document.createElement('canvas');
  canvas.id = heat.id;
  canvas.width = canvas.height = count;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', heat.alt);
  heat.replaceWith(canvas);
  heat = canvas;
}
function paintCanvas() {
  const context = canvas.getContext('2d'), image = context.createImageData(count, count);
  const colors = [];
  for (let cosine = 0; cosine < 256; ++cosine) {
    const number = parseInt((cosine < data.lowest ? '#000000' : colorOf(cosine)).slice(1), 16);
    colors.push([number >> 16, number >> 8 & 255, number & 255]);
  }
  for (let row = 0, at = 0; row < count; ++row) {
    for (let column = 0; column < count; ++column, at += 4) {
      image.data.set(colors[cosineOf(layer, order[row], order[column])] , at);
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
function paintTable() {
  [...heat.tBodies[0].rows].forEach((row, r) => order.forEach((usage, c) => {
    const cell = row.cells[c + 1], cosine = cosineOf(layer, order[r], usage);
    cell.style.background = colorOf(cosine);
    if (data.numbered) {
      cell.style.color = cosine >= data.light ? '#000' : '#fff';
      cell.textContent = textOf(cosine);
    } else {
      cell.removeAttribute('title');
      cell.setAttribute('aria-label', textOf(cosine));
    }
  }));
}
function show() {
  layer = +slider.value;
  canvas ? paintCanvas() : paintTable();
  shown.textContent = data.names[layer];
  slider.setAttribute('aria-valuetext', data.names[layer]);
  const lines = $('lines').dataset;
  cursor.setAttribute('transform', `translate(${+lines.left + layer * lines.step})`);
}

// Pointing: what is meant is marked everywhere, and its texts are told.
const textOfUsage = usage => {
  const line = document.createElement('div');
  line.textContent = `${usage + 1}: ${document.querySelector(`#usage-${usage + 1} .text`).textContent}`;
  return line;
};
function leave() {
  marked.forEach(element => element.classList.remove('on'));
  marked = [];
  tip.hidden = true;
}
function point(usages, x, y, cell) {
  leave();
  const [i, j] = usages[0] <= usages[1] ? usages : [usages[1], usages[0]];
  const wanted = usages.map(usage => `.point[data-usage="${usage}"]`);
  if (usages.length > 1) wanted.push(`[data-pair="${i}-${j}"]`);
  marked = [...document.querySelectorAll(wanted.join())];
  if (cell) marked.push(cell);
  marked.forEach(element => element.classList.add('on'));
  tip.replaceChildren();
  if (usages.length > 1) {
    const head = document.createElement('b');
    head.textContent = `${usages[0] + 1} and ${usages[1] + 1}: ${textOf(cosineOf(layer, i, j))}`;
    tip.append(head);
  }
  new Set(usages).forEach(usage => tip.append(textOfUsage(usage)));
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(x + 14, innerWidth - box.width - 8)) + 'px';
  tip.style.top = (y + 18 + box.height < innerHeight ? y + 18 : Math.max(8, y - box.height - 12)) + 'px';
}
function meant(target, event) {
  const of = target.closest('[data-usage],[data-pair]');
  if (of) return of.dataset.usage ? [+of.dataset.usage] : of.dataset.pair.split('-').map(Number);
  if (target === canvas && event.clientX !== undefined) {
    const box = canvas.getBoundingClientRect();
    const at = (offset, size) => order[Math.max(0, Math.min(count - 1, Math.floor(offset / size * count)))];
    return [at(event.clientY - box.top, box.height), at(event.clientX - box.left, box.width)];
  }
  const cell = target.closest('#heat tbody td');
  return cell && [order[cell.parentNode.sectionRowIndex], order[cell.cellIndex - 1]];
}
for (const kind of ['pointermove', 'pointerdown']) document.addEventListener(kind, event => {
  const usages = meant(event.target, event);
  usages ? point(usages, event.clientX, event.clientY, event.target.closest('#heat tbody td')) : leave();
});
document.addEventListener('focusin', event => {
  const usages = event.target.matches(':focus-visible') && meant(event.target, event);
  if (!usages) return;
  const box = event.target.getBoundingClientRect();
  point(usages, box.left + box.width / 2, box.bottom);
});
document.addEventListener('focusout', leave);
document.addEventListener('scroll', leave, {passive: true});
document.addEventListener('keydown', event => { if (event.key === 'Escape') leave(); });

// A usage behind a fold is unfolded when a link leads to it.
function unfold() {
  const fold = document.getElementById(location.hash.slice(1))?.closest('details');
  if (!fold || fold.open) return;
  fold.open = true;
  $(location.hash.slice(1)).scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();

document.querySelectorAll('svg title').forEach(title => title.remove());
addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(fold => { fold.open = true; }));
if (pairs.length > 1) {
  slider.hidden = slider.labels[0].hidden = false;
  cursor.setAttribute('visibility', 'visible');
}
slider.addEventListener('input', show);
show();
})();
)js";

}  // namespace wordkin::cli
