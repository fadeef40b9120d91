"""Small vocabularies for the tiny encoders, in the files of each kind of tokenizer."""

import json
import os

WORDS = """a i you he she it we they the this that will can is was are not to of in on at and or
for with book books flight read write bank river money ticket hotel open novel author ##s ##ing
##ed ##er good old long""".split()
PUNCTUATION = list(".,!?'-0123456789")
LETTERS = [chr(code) for code in range(ord("a"), ord("z") + 1)]

SPECIAL_PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDPIECES = list(dict.fromkeys(SPECIAL_PIECES + PUNCTUATION + LETTERS +
                                ["##" + letter for letter in LETTERS] + WORDS))
WORDPIECE_COUNT = len(WORDPIECES)

# The more letters a piece has, the likelier a word is that piece and not several.
UNIGRAM_PIECES = list(dict.fromkeys(
    [("\u2581" + word, -4.0 - 0.05 * number) for number, word in enumerate(WORDS)
     if not word.startswith("##")] +
    [(word[2:], -5.5) for word in WORDS if word.startswith("##") and word != "##s"] +
    [("\u2581", -3.0), ("s", -4.5)] +
    [(letter, -7.0 - 0.1 * number) for number, letter in enumerate(PUNCTUATION + LETTERS)
     if letter != "s"]))
ALBERT_PIECES = [(piece, 0.0) for piece in ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]]
ALBERT_PIECES += UNIGRAM_PIECES
ALBERT_PIECE_COUNT = len(ALBERT_PIECES)
T5_PIECES = [(piece, 0.0) for piece in ["<pad>", "</s>", "<unk>"]] + UNIGRAM_PIECES
T5_EXTRA_PIECES = ["<extra_id_1>", "<extra_id_0>"]
T5_PIECE_COUNT = len(T5_PIECES) + len(T5_EXTRA_PIECES)


def byte_symbols():
    """GPT-2's letter for each byte: the visible ones of Latin-1 stand for themselves, the others
    for those from U+0100 on, in their order."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    symbols, next_code = {byte: chr(byte) for byte in visible}, 0x100
    for byte in range(256):
        if byte not in symbols:
            symbols[byte] = chr(next_code)
            next_code += 1
    return symbols


def merge_pair(pieces, pair):
    merged, position = [], 0
    while position < len(pieces):
        width = 2 if tuple(pieces[position:position + 2]) == pair else 1
        merged.append("".join(pieces[position:position + width]))
        position += width
    return merged


def learn_merges(words, count):
    """Byte pair encoding (Sennrich 2016) with all words equally frequent, the first pair of the
    alphabet where several are as frequent."""
    words, merges = [list(word) for word in words], []
    while len(merges) < count:
        frequencies = {}
        for pieces in words:
            for pair in zip(pieces, pieces[1:]):
                frequencies[pair] = frequencies.get(pair, 0) + 1
        best = min(frequencies, key=lambda pair: (-frequencies[pair], pair))
        merges.append(best)
        words = [merge_pair(pieces, best) for pieces in words]
    return merges


SPACE = byte_symbols()[0x20]
MERGES = learn_merges([SPACE + word for word in WORDS if not word.startswith("##")] +
                      [SPACE + word for word in ("book", "read", "will", "flight", "book")], 48)
BYTE_PIECES = [*byte_symbols().values(), *("".join(pair) for pair in MERGES)]
GPT2_PIECES = [*BYTE_PIECES, "<|endoftext|>"]
GPT2_PIECE_COUNT = len(GPT2_PIECES)
ROBERTA_PIECES = ["<s>", "<pad>", "</s>", "<unk>", *BYTE_PIECES, "<mask>"]
ROBERTA_PIECE_COUNT = len(ROBERTA_PIECES)


def write_json(folder, name, content):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")


def write_wordpiece(folder):
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as file:
        file.writelines(piece + "\n" for piece in WORDPIECES)
    write_json(folder, "tokenizer_config.json", {
        "do_lower_case": True, "model_max_length": 48, "tokenizer_class": "BertTokenizer"})


def write_byte_pairs(folder, pieces, tokenizer_class):
    write_json(folder, "vocab.json", {piece: number for number, piece in enumerate(pieces)})
    with open(os.path.join(folder, "merges.txt"), "w", encoding="utf-8") as file:
        file.write("#version: 0.2\n")
        file.writelines(f"{left} {right}\n" for left, right in MERGES)
    write_json(folder, "tokenizer_config.json", {
        "add_prefix_space": False, "model_max_length": 40, "tokenizer_class": tokenizer_class})


def write_gpt2(folder):
    write_byte_pairs(folder, GPT2_PIECES, "GPT2Tokenizer")


def write_roberta(folder):
    write_byte_pairs(folder, ROBERTA_PIECES, "RobertaTokenizer")


def write_unigram(folder, pieces, unknown, normalizer, special_pieces, template):
    """special_pieces: piece -> id; template: the pieces round a sentence, which is None there."""
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": True}

    def part(piece, sequence):
        if piece is None:
            return {"Sequence": {"id": sequence, "type_id": 0}}
        return {"SpecialToken": {"id": piece, "type_id": 0}}

    write_json(folder, "tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": number, "content": piece, "single_word": False, "lstrip": False,
             "rstrip": False, "normalized": False, "special": True}
            for piece, number in special_pieces.items()],
        "normalizer": normalizer,
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [part(piece, "A") for piece in template],
            "pair": [part(piece, "A") for piece in template] +
                    [part(piece, "B") for piece in template if piece != "[CLS]"],
            "special_tokens": {
                piece: {"id": piece, "ids": [special_pieces[piece]], "tokens": [piece]}
                for piece in template if piece is not None}},
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": unknown, "vocab": [list(piece) for piece in pieces]},
    })


def write_albert(folder):
    special_pieces = {piece: number for number, (piece, _) in enumerate(ALBERT_PIECES[:5])}
    normalizer = {"type": "Sequence", "normalizers": [
        {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}]}
    write_unigram(folder, ALBERT_PIECES, 1, normalizer, special_pieces, ["[CLS]", None, "[SEP]"])


def write_t5(folder):
    special_pieces = {piece: number for number, (piece, _) in enumerate(T5_PIECES[:3])}
    for piece in T5_EXTRA_PIECES:
        special_pieces[piece] = len(special_pieces) - 3 + len(T5_PIECES)
    pieces = T5_PIECES + [(piece, 0.0) for piece in T5_EXTRA_PIECES]
    write_unigram(folder, pieces, 2, None, special_pieces, [None, "</s>"])
