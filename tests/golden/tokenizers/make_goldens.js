// Makes the tiny tokenizers of this folder and what the reference implementation answers with them.
//   npm install tokenizers@0.23.2 && node make_goldens.js
// Vocabularies are learnt here, from the text below; only the expected answers are the reference's.
'use strict';
const fs = require('fs');
const path = require('path');
const reference = require('tokenizers');

const kCorpus = `
The miller's daughter carried three sacks of flour down to the river before breakfast. She didn't
like the water, but the water liked her: it lapped at her shoes and sang. "We'll cross by noon,"
she said, "or we've lost 14 coins and 250 grams of salt." The ferryman, who'd slept in his boat,
wouldn't hear of it. He was counting herrings: 1, 2, 3, 12, 45, 100. They're small, they're silver,
they're gone, he thought; I'm counting tails. Later, in the market, people were selling apples,
candles, ropes, kettles and a blind horse that could read the weather. The weather was reading it
back. Nobody bought the horse. Everybody bought apples. A café near the bridge served coffee with
cream, and the naïve baker from Zürich paid for all of it. Über den Fluß führt eine Brücke; die
Brücke führt über den Fluß. El niño vio la montaña. 猫が窓で眠る。 河上有桥。 The bridge is old.
The river is older. The daughter is young, and she's laughing at the miller, the ferryman, the
horse, the bridge and the river. Unhappiness isn't unhappy; it's only waiting, waiting, waiting.
`;

const kTexts = [
  '', ' ', '  ', '\n', 'a', 'the', 'The river', ' The river', 'The  river   is old ', 'the\triver\n',
  "She's laughing, they're gone, we'll cross, I'm here, he'd slept, we've lost, isn't it",
  "'s 's' ''s 'sad 'LL don'T", '14 coins and 250g, 3.14', 'x=1+2', 'unhappiness unhappily',
  'café cafe\u0301 CAFÉ', 'naïve Zürich Über Fluß', '猫が窓で眠る。', '河上有桥', 'mixed猫and桥text',
  'zero\u200bwidth no\u00a0break', 'ﬁne ﬂour …', 'ＡＢＣ１２３', '👩‍👩‍👧 🇩🇪 👍🏽', '\u0301mark first',
  'xyzzy qqq', 'ωmega Ω', '\u0000nul', 'tab\tand\r\nline\u2028end', 'a<s>b', ' <mask> ', 'the <mask>.',
  'the<mask>.', '<s>', '</s></s>', '[MASK]', 'the [MASK] is', '[CLS] [SEP]', '<extra_id_0> river',
  'river<extra_id_0>', '<|endoftext|>', 'a<|endoftext|>b', '▁the▁river', '▁', '▁▁', ' ▁ ', 'the ▁',
  'İstanbul', 'ŒUVRE', '가각 한국', '\u1100\u1161\u11a8', 'e\u0323\u0301', 'Q', '""', '---', '!?!?',
  'a'.repeat(100), 'a'.repeat(101), 'the'.repeat(40), 'the river '.repeat(12), '\u{1d401}\u{1d428}ld', '\ud7b0', '\u0344', '\u2126',
];

// Where the reference's offsets are not what the text says: behind an added token it takes the blank
// that it put there itself off the text, and of a composed character it has only the first.
const kLeftOut = {
  roberta_prefixed: ['a<s>b', 'the <mask>.', 'the<mask>.'],
  t5: ['café cafe\u0301 CAFÉ'],
  t5_new: ['café cafe\u0301 CAFÉ'],
};

function byteCharacters() {
  const characters = [];
  let next = 0x100;
  for (let byte = 0; byte < 256; ++byte) {
    const isVisible = (byte >= 33 && byte <= 126) || (byte >= 0xa1 && byte !== 0xad);
    characters.push(String.fromCodePoint(isVisible ? byte : next++));
  }
  return characters;
}

function learnMerges(words, mergeCount) {
  const merges = [];
  while (merges.length < mergeCount) {
    const counts = new Map();
    for (const word of words) {
      for (let i = 0; i + 1 < word.length; ++i) {
        const pair = word[i] + ' ' + word[i + 1];
        counts.set(pair, (counts.get(pair) || 0) + 1);
      }
    }
    const best = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (best[1] < 2) break;
    const [left, right] = best[0].split(' ');
    merges.push(best[0]);
    for (const word of words) {
      for (let i = 0; i + 1 < word.length; ++i) {
        if (word[i] === left && word[i + 1] === right) word.splice(i, 2, left + right);
      }
    }
  }
  return merges;
}

function bytePairModel(specials) {
  const pattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
  const characters = byteCharacters();
  const words = kCorpus.match(pattern).map((word) => [...Buffer.from(word)].map((b) => characters[b]));
  const merges = learnMerges(words, 220);
  const pieces = [...specials, ...characters, ...merges.map((merge) => merge.replace(' ', ''))];
  const vocab = Object.fromEntries([...new Set(pieces)].map((piece, id) => [piece, id]));
  return {type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: '',
          end_of_word_suffix: '', fuse_unk: false, vocab, merges};
}

function addedToken(id, content, options = {}) {
  return {id, content, single_word: false, lstrip: false, rstrip: false, normalized: false,
          special: true, ...options};
}

function gpt2() {
  const model = bytePairModel(['<|endoftext|>']);
  return {version: '1.0', truncation: null, padding: null,
          added_tokens: [addedToken(0, '<|endoftext|>', {normalized: true})], normalizer: null,
          pre_tokenizer: {type: 'ByteLevel', add_prefix_space: false, trim_offsets: true},
          post_processor: {type: 'ByteLevel', add_prefix_space: true, trim_offsets: false},
          decoder: {type: 'ByteLevel', add_prefix_space: true, trim_offsets: true}, model};
}

function roberta(addsPrefixSpace) {
  const specials = ['<s>', '<pad>', '</s>', '<unk>', '<mask>'];
  const model = bytePairModel(specials);
  return {version: '1.0', truncation: {max_length: 8, strategy: 'LongestFirst', stride: 0},
          padding: null,
          added_tokens: specials.map((piece, id) =>
              addedToken(id, piece, piece === '<mask>' ? {lstrip: true} : {normalized: id % 2 === 0})),
          normalizer: null,
          pre_tokenizer: {type: 'ByteLevel', add_prefix_space: addsPrefixSpace, trim_offsets: true},
          post_processor: {type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0],
                           trim_offsets: true, add_prefix_space: addsPrefixSpace},
          decoder: {type: 'ByteLevel', add_prefix_space: true, trim_offsets: true}, model};
}

// A double array as Darts-clone has it: node's children lie at base ^ byte, its value at base.
function doubleArray(rules) {
  const root = {children: new Map()};
  for (const [from, value] of rules) {
    let node = root;
    for (const byte of Buffer.from(from)) {
      if (!node.children.has(byte)) node.children.set(byte, {children: new Map()});
      node = node.children.get(byte);
    }
    node.value = value;
  }
  const units = [];
  const taken = new Set([0]);
  const bases = new Set();
  const place = (node, index, label) => {
    const labels = [...node.children.keys()];
    let base = 1;
    while (bases.has(base) || taken.has(base) || labels.some((each) => taken.has(base ^ each))) ++base;
    bases.add(base);
    taken.add(base);
    labels.forEach((each) => taken.add(base ^ each));
    const endsRule = node.value !== undefined;
    units[index] = (((index ^ base) << 10) | (endsRule ? 1 << 8 : 0) | label) >>> 0;
    if (endsRule) units[base] = (node.value | (1 << 31)) >>> 0;
    for (const [each, child] of node.children) place(child, base ^ each, each);
  };
  place(root, 0, 0);
  while (units.length % 256 !== 0) units.push(undefined);
  return units.map((unit) => unit ?? 0);
}

function characterMap() {
  const rules = [['…', '...'], ['ﬁ', 'fi'], ['ﬂ', 'fl'], ['\u00a0', ' '], ['\t', ' '], ['\n', ' '],
                 ['\r\n', ' '], ['e\u0301', 'é'], ['u\u0308', 'ü'], ['\u2126', 'ω'], ['Ω', 'ω']];
  for (let i = 0; i < 26; ++i) rules.push([String.fromCodePoint(0xff21 + i), String.fromCodePoint(65 + i)]);
  for (let i = 0; i < 10; ++i) rules.push([String.fromCodePoint(0xff10 + i), String(i)]);
  let replacements = '';
  const trie = doubleArray(rules.map(([from, to]) => {
    const begin = Buffer.byteLength(replacements);
    replacements += to + '\0';
    return [from, begin];
  }));
  const head = Buffer.alloc(4 + 4 * trie.length);
  head.writeUInt32LE(4 * trie.length, 0);
  trie.forEach((unit, i) => head.writeUInt32LE(unit, 4 + 4 * i));
  return Buffer.concat([head, Buffer.from(replacements)]).toString('base64');
}

function unigramPieces(specials) {
  const counts = new Map();
  for (const word of kCorpus.trim().split(/\s+/)) {
    const characters = ['▁', ...word];
    for (let begin = 0; begin < characters.length; ++begin) {
      for (let end = begin + 1; end <= Math.min(characters.length, begin + 6); ++end) {
        const piece = characters.slice(begin, end).join('');
        counts.set(piece, (counts.get(piece) || 0) + 1);
      }
    }
  }
  const kept = [...counts].filter(([piece, count]) => [...piece].length === 1 || count >= 3);
  kept.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const total = kept.reduce((sum, [, count]) => sum + count, 0);
  const scored = kept.map(([piece, count]) => [piece, Number(Math.log(count / total).toFixed(4))]);
  return [...specials.map((piece) => [piece, 0]), ...scored];
}

function t5(isNew) {
  const specials = ['<pad>', '</s>', '<unk>'];
  const vocab = unigramPieces(specials);
  const extra = vocab.length;
  vocab.push(['<extra_id_0>', 0]);
  const precompiled = {type: 'Precompiled', precompiled_charsmap: characterMap()};
  const metaspace = isNew
      ? {type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true}
      : {type: 'Sequence', pretokenizers: [{type: 'WhitespaceSplit'},
           {type: 'Metaspace', replacement: '▁', add_prefix_space: true, str_rep: '▁'}]};
  const normalizer = isNew
      ? {type: 'Sequence', normalizers: [precompiled, {type: 'Strip', strip_left: false, strip_right: true},
           {type: 'Replace', pattern: {Regex: ' {2,}'}, content: '▁'}]}
      : precompiled;
  return {version: '1.0', truncation: null, padding: null,
          added_tokens: [...specials.map((piece, id) => addedToken(id, piece)),
                         addedToken(extra, '<extra_id_0>', isNew ? {lstrip: true, rstrip: true} : {})],
          normalizer, pre_tokenizer: metaspace,
          post_processor: {type: 'TemplateProcessing',
            single: [{Sequence: {id: 'A', type_id: 0}}, {SpecialToken: {id: '</s>', type_id: 0}}],
            pair: [{Sequence: {id: 'A', type_id: 0}}, {SpecialToken: {id: '</s>', type_id: 0}},
                   {Sequence: {id: 'B', type_id: 0}}, {SpecialToken: {id: '</s>', type_id: 0}}],
            special_tokens: {'</s>': {id: '</s>', ids: [1], tokens: ['</s>']}}},
          decoder: {type: 'Metaspace', replacement: '▁', add_prefix_space: true},
          model: {type: 'Unigram', unk_id: 2, vocab, byte_fallback: false}};
}

function bert(isUncased) {
  const specials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const corpus = isUncased ? kCorpus.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '') : kCorpus;
  const words = corpus.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu).map((word) => [...word]);
  const characters = [...new Set(words.flat())].sort();
  const merges = learnMerges(words, 120).map((merge) => merge.replace(' ', ''));
  const pieces = [...specials, ...characters, ...characters.map((each) => '##' + each),
                  ...merges, ...merges.map((each) => '##' + each)];
  const vocab = Object.fromEntries([...new Set(pieces)].map((piece, id) => [piece, id]));
  return {version: '1.0', truncation: null, padding: {strategy: {Fixed: 128}, direction: 'Right',
            pad_to_multiple_of: null, pad_id: 0, pad_type_id: 0, pad_token: '[PAD]'},
          added_tokens: specials.map((piece, id) => addedToken(id, piece)),
          normalizer: {type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true,
                       strip_accents: null, lowercase: isUncased},
          pre_tokenizer: {type: 'BertPreTokenizer'},
          post_processor: {type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2]},
          decoder: {type: 'WordPiece', prefix: '##', cleanup: true},
          model: {type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##',
                  max_input_chars_per_word: 100, vocab}};
}

async function answer(json, text) {
  const tokenizer = reference.Tokenizer.fromString(
      JSON.stringify({...json, truncation: null, padding: null}));
  const encoding = await tokenizer.encode(text);
  const bytes = [0];
  for (const character of text) bytes.push(bytes.at(-1) + Buffer.byteLength(character));
  // The reference spells an added token as it was found, white space included.
  const added = new Map(json.added_tokens.map((token) => [token.id, token.content]));
  const pieces = encoding.getTokens().map((piece, i) =>
      piece.trim() === added.get(encoding.getIds()[i]) ? piece.trim() : piece);
  return {text, ids: encoding.getIds(), pieces,
          offsets: encoding.getOffsets().map(([begin, end]) => [bytes[begin], bytes[end]]),
          words: encoding.getWordIds().map((word) => word ?? null)};
}

async function main() {
  const tokenizers = {bert_uncased: bert(true), bert_cased: bert(false), gpt2: gpt2(),
                      roberta: roberta(false), roberta_prefixed: roberta(true), t5: t5(false),
                      t5_new: t5(true)};
  for (const [name, json] of Object.entries(tokenizers)) {
    const folder = path.join(__dirname, name);
    fs.mkdirSync(folder, {recursive: true});
    fs.writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(json) + '\n');
    const answers = [];
    for (const text of kTexts) {
      if (kLeftOut[name]?.includes(text)) continue;
      answers.push(JSON.stringify(await answer(json, text)));
    }
    fs.writeFileSync(path.join(folder, 'expected.jsonl'), answers.join('\n') + '\n');
    if (json.model.type === 'WordPiece') {
      // By id: JavaScript lists the pieces that are numbers first, as the tokenizer.json has them.
      const pieces = Object.entries(json.model.vocab).sort((a, b) => a[1] - b[1]);
      fs.writeFileSync(path.join(folder, 'vocab.txt'), pieces.map(([piece]) => piece + '\n').join(''));
    }
    if (name === 'roberta') {
      fs.writeFileSync(path.join(folder, 'vocab.json'), JSON.stringify(json.model.vocab) + '\n');
      fs.writeFileSync(path.join(folder, 'merges.txt'),
                       ['#version: 0.2', ...json.model.merges].join('\n') + '\n');
    }
  }
}

main();
