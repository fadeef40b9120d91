#pragma once

#include <string_view>

namespace wordkin::cli {

// Draws the map on a canvas, to be zoomed and asked. All words it shows it shows as text.
inline constexpr std::string_view kMapScript = R"js(
'use strict';
(() => {
const $ = id => document.getElementById(id);
const data = JSON.parse($('data').textContent), words = data.words, total = words.length;
const bytes = text => Uint8Array.from(atob(text), character => character.charCodeAt(0));
const shorts = text => {
  const pairs = bytes(text), numbers = new Uint16Array(pairs.length / 2);
  for (let i = 0; i < numbers.length; ++i) numbers[i] = pairs[2 * i] | pairs[2 * i + 1] << 8;
  return numbers;
};
const shares = text => Float64Array.from(shorts(text), number => number / 65535);
const xs = shares(data.x), ys = shares(data.y);
const clusterOf = bytes(data.clusters), near = shorts(data.near), cosines = bytes(data.cosines);
const centre = data.centre ?? -1;
const order = [...words.keys()].filter(word => word !== centre);
if (centre >= 0) order.unshift(centre);
const members = Array.from({length: data.clusterCount}, () => []);
for (const word of order) members[clusterOf[word]].push(word);
const cut = word => {
  const letters = [...word];
  return letters.length > 40 ? letters.slice(0, 39).join('') + '…' : word;
};
const labels = words.map(cut);
const thousands = number => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

const canvas = document.createElement('canvas');
canvas.id = 'map';
canvas.tabIndex = 0;
canvas.setAttribute('role', 'application');
canvas.setAttribute('aria-label', document.querySelector('h1').textContent +
    ': arrow keys move the map, plus and minus zoom, zero shows all of it');
$('picture').replaceWith(canvas);
document.querySelectorAll('#status,.zoom,form').forEach(part => { part.hidden = false; });
const context = canvas.getContext('2d');

// The view: which point of the map is in the middle, and how many pixels a unit of it takes.
const lowestZoom = 2 ** (-1 / 3), highestZoom = 400;
let wide = 1, high = 1, fit = 1, zoom = 1, middleX = data.width / 2, middleY = data.height / 2;
let colors = [], ink = '#000', paper = '#fff', soft = '#888', sans = 'sans-serif';
let chosen = -1, pressed = -1, matches = [], over = -1, shown = [], strongBoxes = [];
const unit = () => fit * zoom;
const screenX = word => wide / 2 + (xs[word] - middleX) * unit();
const screenY = word => high / 2 + (ys[word] - middleY) * unit();

function readColors() {
  const style = getComputedStyle(document.documentElement);
  const value = name => style.getPropertyValue(name).trim();
  colors = Array.from({length: data.colors}, (_, color) => value('--c' + color));
  [ink, paper, soft, sans] = ['--ink', '--paper', '--soft', '--sans'].map(value);
}
const colorOf = cluster => colors[cluster % data.colors];
const shapeOf = cluster => (cluster + Math.floor(cluster / data.colors)) % data.shapes;
const baseRadius = total <= 300 ? 4.5 : total <= 3000 ? 3 : 2;
const radius = () => baseRadius * Math.min(2, Math.max(0.8, zoom ** 0.25));

// Labels: a word is named from a zoom on at which no word before it in the order is in the way.
// Boxes are all on one side of their dots, so what is apart stays apart as one zooms in.
const sizes = [[15, '600 15px '], [13, '13px '], [12, '12px ']];
const largest = Math.min(Math.ceil(total / 25), 60), larger = Math.min(Math.ceil(total / 5), 500);
const sizeAt = place => place < largest ? 0 : place < larger ? 1 : 2;
const sizeOf = new Uint8Array(total), widthOf = new Float32Array(total);
const level = new Uint8Array(total);
const levels = 28, gap = 4, cell = 64;
let levelsDone = 0;
order.forEach((word, place) => { sizeOf[word] = sizeAt(place); });
function measure() {
  sizes.forEach(([, font], size) => {
    context.font = font + sans;
    for (const word of order) {
      if (sizeOf[word] === size) widthOf[word] = context.measureText(labels[word]).width;
    }
  });
}
function forgetLevels() { level.fill(255); levelsDone = 0; }
const zoomOfLevel = at => lowestZoom * 2 ** (at / 3);
function placeLevel(at) {
  const grid = new Map(), pixels = fit * zoomOfLevel(at), offset = 2 * baseRadius + gap;
  const cells = box => {
    const keys = [], [left, top, right, bottom] = box.map(edge => Math.floor(edge / cell));
    for (let row = top; row <= bottom; ++row) {
      for (let column = left; column <= right; ++column) keys.push(row * 65536 + column);
    }
    return keys;
  };
  const boxOf = word => {
    const x = xs[word] * pixels + offset, y = ys[word] * pixels;
    const half = sizes[sizeOf[word]][0] * 0.58;
    return [x - 2, y - half, x + widthOf[word] + 3, y + half];
  };
  const take = box => cells(box).forEach(key => {
    grid.has(key) ? grid.get(key).push(box) : grid.set(key, [box]);
  });
  const free = box => cells(box).every(key => !grid.has(key) || grid.get(key).every(
      other => box[2] <= other[0] || other[2] <= box[0] || box[3] <= other[1] || other[3] <= box[1]));
  for (const word of order) if (level[word] < at) take(boxOf(word));
  for (const word of order) {
    if (level[word] < at) continue;
    const box = boxOf(word);
    if (!free(box)) continue;
    level[word] = at;
    take(box);
  }
}
function levelNow() {
  const at = Math.min(levels - 1, Math.max(0, Math.floor(3 * Math.log2(zoom / lowestZoom) + 1e-6)));
  for (; levelsDone <= at; ++levelsDone) placeLevel(levelsDone);
  return at;
}

// Drawing.
function addMarker(path, x, y, r, shape) {
  const corners = [
    null,
    [[-1, -1], [1, -1], [1, 1], [-1, 1]],
    [[0, -1.3], [1.25, 1], [-1.25, 1]],
    [[0, -1.4], [1.4, 0], [0, 1.4], [-1.4, 0]]][shape];
  if (!corners) {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 7);
    return;
  }
  path.moveTo(x + r * corners[0][0], y + r * corners[0][1]);
  corners.slice(1).forEach(([right, down]) => path.lineTo(x + r * right, y + r * down));
  path.closePath();
}
const isInside = (x, y, margin) => x > -margin && y > -margin && x < wide + margin && y < high + margin;
const neighbors = word => [...near.subarray(word * data.nearCount, (word + 1) * data.nearCount)];
function drawDots(lit) {
  const r = radius();
  members.forEach((group, cluster) => {
    for (const isLit of [false, true]) {
      const path = new Path2D();
      for (const word of group) {
        if (lit(word) !== isLit) continue;
        const x = screenX(word), y = screenY(word);
        if (isInside(x, y, r)) addMarker(path, x, y, r, shapeOf(cluster));
      }
      context.globalAlpha = isLit ? 0.9 : 0.16;
      context.fillStyle = colorOf(cluster);
      context.fill(path);
    }
  });
  context.globalAlpha = 1;
}
function ring(word, extra, line) {
  context.beginPath();
  context.arc(screenX(word), screenY(word), radius() + extra, 0, 7);
  context.lineWidth = line;
  context.strokeStyle = ink;
  context.stroke();
}
function drawLabel(word, isStrong) {
  const x = screenX(word), y = screenY(word), [size, font] = sizes[sizeOf[word]];
  if (!isInside(x, y, widthOf[word] + 30)) return false;
  context.font = font + sans;
  let left = x + radius() + gap, middle = y, width = widthOf[word];
  if (isStrong) {
    // Beside what is meant already, wherever there is room.
    const isRinged = word === chosen || word === centre;
    context.font = `${isRinged ? 700 : 600} ${size + 1}px ${sans}`;
    width = context.measureText(labels[word]).width;
    const off = radius() + gap + (isRinged ? 4 : 0), up = off + size / 2;
    const places = [
      [x + off, y], [x - off - width, y], [x - width / 2, y - up], [x - width / 2, y + up]];
    const free = places.find(([side, line]) => strongBoxes.every(([l, t, r, b]) =>
        side >= r || side + width <= l || line - size * 0.6 >= b || line + size * 0.6 <= t));
    if (!free) return false;
    [left, middle] = free;
    strongBoxes.push([left, middle - size * 0.6, left + width, middle + size * 0.6]);
  }
  context.strokeText(labels[word], left, middle);
  context.fillText(labels[word], left, middle);
  shown.push([word, left, middle - size * 0.6, left + width, middle + size * 0.6]);
  return true;
}
function draw() {
  const scale = canvas.width / wide;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, wide, high);
  const meant = chosen >= 0 ? [chosen, ...neighbors(chosen)] : matches;
  const strong = meant.length ? new Set(meant) : null;
  const lit = word => strong ? strong.has(word) : pressed < 0 || clusterOf[word] === pressed;
  drawDots(lit);
  if (chosen >= 0) {
    context.lineWidth = 1;
    context.strokeStyle = soft;
    context.beginPath();
    for (const word of neighbors(chosen)) {
      context.moveTo(screenX(chosen), screenY(chosen));
      context.lineTo(screenX(word), screenY(word));
    }
    context.stroke();
  }
  Object.assign(context, {
    textBaseline: 'middle', lineJoin: 'round', lineWidth: 3.5, strokeStyle: paper, fillStyle: ink});
  shown = [];
  strongBoxes = [];
  const at = levelNow();
  let labelled = 0;
  for (const word of order) {
    if (level[word] > at || strong && strong.has(word)) continue;
    context.globalAlpha = !strong && lit(word) ? 1 : 0.25;
    if (drawLabel(word, !strong && word === centre)) ++labelled;
  }
  context.globalAlpha = 1;
  // What is meant is named whatever lies beneath, but not by more labels than can be read.
  labelled += meant.slice(0, 80).filter(word => drawLabel(word, true)).length;
  if (centre >= 0) ring(centre, 4, 2);
  if (chosen >= 0) ring(chosen, 4, 2);
  matches.slice(0, 400).forEach(word => ring(word, 3, 1.2));
  if (over >= 0) ring(over, 2, 1.5);
  $('zoom').textContent = `${Math.round(100 * zoom)} %`;
  $('status').textContent = labelled === total ? '' :
      `${thousands(labelled)} of ${thousands(total)} words named; zoom in for more`;
}
let isDue = false;
function redraw() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => { isDue = false; draw(); });
}

// Moving.
let flight = 0;
function stay() {
  zoom = Math.min(highestZoom, Math.max(lowestZoom, zoom));
  middleX = Math.min(data.width, Math.max(0, middleX));
  middleY = Math.min(data.height, Math.max(0, middleY));
  redraw();
}
function zoomBy(factor, x = wide / 2, y = high / 2) {
  ++flight;
  const before = unit();
  zoom = Math.min(highestZoom, Math.max(lowestZoom, zoom * factor));
  middleX += (x - wide / 2) * (1 / before - 1 / unit());
  middleY += (y - high / 2) * (1 / before - 1 / unit());
  stay();
}
function moveBy(x, y) { ++flight; middleX -= x / unit(); middleY -= y / unit(); stay(); }
function flyTo(x, y, target) {
  const mine = ++flight, from = [middleX, middleY, Math.log(zoom)], to = [x, y, Math.log(target)];
  const start = performance.now();
  const length = matchMedia('(prefers-reduced-motion:reduce)').matches ? 1 : 350;
  const step = now => {
    if (mine !== flight) return;
    const done = Math.min(1, Math.max(0, (now - start) / length));
    const eased = done * done * (3 - 2 * done);
    [middleX, middleY, zoom] = from.map((value, i) => value + (to[i] - value) * eased);
    zoom = Math.exp(zoom);
    stay();
    if (done < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
const showWhole = () => flyTo(data.width / 2, data.height / 2, 1);

// Asking.
function element(kind, ...content) {
  const made = document.createElement(kind);
  made.append(...content);
  return made;
}
const named = word => element('bdi', words[word]);
// With its cosine to the word chosen.
function neighborItem(word, cosine) {
  const text = (cosine / 100 - 1).toFixed(2).replace('-', '\u2212');
  const button = element('button', named(word), element('small', text));
  button.type = 'button';
  button.addEventListener('click', () => choose(word, true));
  return element('li', button);
}
// So that most of a word's nearest ones are in sight.
function zoomAround(word) {
  const far = neighbors(word).map(
      other => Math.hypot(xs[word] - xs[other], ys[word] - ys[other])).sort((a, b) => a - b);
  const most = far[Math.floor(0.6 * (far.length - 1))] || 0.1;
  return Math.min(40, Math.max(1.5, 0.3 * Math.min(wide, high) / (fit * most)));
}
function choose(word, isToBeShown) {
  chosen = word;
  const panel = $('word');
  panel.hidden = word < 0;
  if (word >= 0) {
    panel.querySelector('h2').replaceChildren(named(word));
    const [marker, name] = document.querySelector(`[data-cluster="${clusterOf[word]}"]`).children;
    panel.querySelector('p').replaceChildren(marker.cloneNode(true), name.cloneNode(true));
    panel.querySelector('ol').replaceChildren(...neighbors(word).map(
        (other, place) => neighborItem(other, cosines[word * data.nearCount + place])));
    if (isToBeShown) flyTo(xs[word], ys[word], zoomAround(word));
  }
  try {
    const name = word < 0 ? '' : 'word=' + encodeURIComponent(words[word]);
    history.replaceState(null, '', '#' + name);
  } catch { /* a page in a frame, say */ }
  redraw();
}
function wordAt(x, y) {
  const label = shown.findLast(
      ([, left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom);
  if (label) return label[0];
  let nearest = -1, least = 14 * 14;
  for (const word of order) {
    const distance = (screenX(word) - x) ** 2 + (screenY(word) - y) ** 2;
    if (distance < least) { least = distance; nearest = word; }
  }
  return nearest;
}

// Finding: without regard to case and accents; words that begin so come first.
const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const folded = words.map(fold), find = $('find'), list = $('found');
let marked = -1;
function matchesOf(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const rank = word => folded[word] === wanted ? 0 : folded[word].startsWith(wanted) ? 1 : 2;
  return order.filter(word => folded[word].includes(wanted)).sort((a, b) => rank(a) - rank(b));
}
function mark(place) {
  const items = [...list.children];
  marked = items.length ? (place + items.length) % items.length : -1;
  items.forEach((item, at) => item.setAttribute('aria-selected', at === marked));
  if (marked < 0) find.removeAttribute('aria-activedescendant');
  else find.setAttribute('aria-activedescendant', items[marked].id);
}
function endSearch(text, word) {
  find.value = text;
  matches = [];
  list.replaceChildren();
  list.hidden = true;
  find.setAttribute('aria-expanded', false);
  mark(-1);
  $('count').textContent = '';
  choose(word, true);
}
const take = word => endSearch(words[word], word);
find.addEventListener('input', () => {
  matches = matchesOf(find.value);
  if (chosen >= 0) choose(-1);
  list.replaceChildren(...matches.slice(0, 10).map((word, place) => {
    const item = element('li', named(word));
    item.id = 'found-' + place;
    item.setAttribute('role', 'option');
    item.addEventListener('pointerdown', event => event.preventDefault());
    item.addEventListener('click', () => take(word));
    return item;
  }));
  list.hidden = !matches.length;
  find.setAttribute('aria-expanded', !list.hidden);
  mark(matches.length ? 0 : -1);
  $('count').textContent = !find.value.trim() ? '' : !matches.length ? 'not on this map' :
      matches.length === 1 ? '1 word' : `${thousands(matches.length)} words`;
  redraw();
});
find.addEventListener('keydown', event => {
  const acts = {
    ArrowDown: () => mark(marked + 1), ArrowUp: () => mark(marked - 1),
    Enter: () => { if (marked >= 0) take(matches[marked]); }, Escape: () => endSearch('', -1)};
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
find.form.addEventListener('submit', event => event.preventDefault());

const keys = [...document.querySelectorAll('[data-cluster]')];
keys.forEach((key, cluster) => key.addEventListener('click', () => {
  pressed = pressed === cluster ? -1 : cluster;
  keys.forEach((each, other) => each.setAttribute('aria-pressed', other === pressed));
  if (chosen >= 0) choose(-1);
  redraw();
}));

// The pointer, or two of them.
const pointers = new Map();
let moved = 0;
const inCanvas = event => {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};
function hover(word, event) {
  const tip = $('tip');
  canvas.classList.toggle('over', word >= 0);
  if (word !== over) { over = word; redraw(); }
  tip.hidden = word < 0;
  if (word < 0) return;
  tip.replaceChildren(named(word));
  const box = tip.getBoundingClientRect();
  const above = event.clientY - box.height - 12;
  tip.style.left = Math.max(8, Math.min(event.clientX + 12, innerWidth - box.width - 8)) + 'px';
  tip.style.top = (above > 0 ? above : event.clientY + 18) + 'px';
}
canvas.addEventListener('pointerdown', event => {
  pointers.set(event.pointerId, inCanvas(event));
  if (pointers.size === 1) moved = 0;
  try { canvas.setPointerCapture(event.pointerId); } catch { /* an event that a test made */ }
});
canvas.addEventListener('pointermove', event => {
  const [x, y] = inCanvas(event), before = pointers.get(event.pointerId);
  if (!before) return hover(event.pointerType === 'touch' ? -1 : wordAt(x, y), event);
  hover(-1, event);
  canvas.classList.add('moving');
  moved += Math.hypot(x - before[0], y - before[1]);
  const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) {
    const apart = place => Math.max(10, Math.hypot(place[0] - other[0], place[1] - other[1]));
    zoomBy(apart([x, y]) / apart(before), (x + other[0]) / 2, (y + other[1]) / 2);
    moveBy((x - before[0]) / 2, (y - before[1]) / 2);
    moved = 100;
  } else if (moved > 4) {
    moveBy(x - before[0], y - before[1]);
  }
  pointers.set(event.pointerId, [x, y]);
});
function lift(event) {
  if (!pointers.delete(event.pointerId)) return;
  canvas.classList.remove('moving');
  if (event.type !== 'pointerup' || moved > 4 || pointers.size) return;
  matches = [];
  choose(wordAt(...inCanvas(event)), false);
}
canvas.addEventListener('pointerup', lift);
canvas.addEventListener('pointercancel', lift);
canvas.addEventListener('pointerleave', event => { if (!pointers.size) hover(-1, event); });
canvas.addEventListener('dblclick', event => zoomBy(2, ...inCanvas(event)));
canvas.addEventListener('wheel', event => {
  event.preventDefault();
  const pixels = Math.max(-300, Math.min(300, event.deltaY * (event.deltaMode === 1 ? 16 : 1)));
  // Two fingers on a touchpad come as small steps with Ctrl.
  zoomBy(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002)), ...inCanvas(event));
}, {passive: false});
canvas.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = {
    ArrowLeft: () => moveBy(60, 0), ArrowRight: () => moveBy(-60, 0),
    ArrowUp: () => moveBy(0, 60), ArrowDown: () => moveBy(0, -60),
    '+': () => zoomBy(1.5), '=': () => zoomBy(1.5), '-': () => zoomBy(1 / 1.5),
    '0': showWhole, Home: showWhole, Escape: () => { matches = []; choose(-1); }};
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
document.addEventListener('keydown', event => {
  const isMeant = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isMeant || event.target === find) return;
  event.preventDefault();
  find.focus();
});
$('nearer').addEventListener('click', () => zoomBy(1.6));
$('farther').addEventListener('click', () => zoomBy(1 / 1.6));
$('whole').addEventListener('click', showWhole);

function resize() {
  const box = canvas.parentElement.getBoundingClientRect();
  wide = Math.max(1, box.width);
  high = Math.max(1, box.height);
  const scale = devicePixelRatio || 1, labelRoom = Math.min(90, wide / 8);
  canvas.width = Math.round(wide * scale);
  canvas.height = Math.round(high * scale);
  fit = Math.max(50, Math.min(
      (wide - 2 * labelRoom) / Math.max(data.width, 1e-3), (high - 60) / Math.max(data.height, 1e-3)));
  measure();
  forgetLevels();
  redraw();
}
readColors();
new ResizeObserver(resize).observe(canvas.parentElement);
matchMedia('(prefers-color-scheme:dark)').addEventListener('change', () => {
  readColors();
  redraw();
});
resize();
function chooseByAddress() {
  let asked = '';
  try { asked = decodeURIComponent(location.hash.replace(/^#word=/, '')); } catch { return; }
  const word = location.hash.startsWith('#word=') ? words.indexOf(asked) : -1;
  if (word >= 0 && word !== chosen) choose(word, true);
}
addEventListener('hashchange', chooseByAddress);
chooseByAddress();
})();
)js";

}  // namespace wordkin::cli
