#!/usr/bin/env python3
"""Writes what all-MiniLM-L6-v2 makes of some sentences, as all-MiniLM-L6-v2.json beside this.

  python3 tests/golden/real_encoder/make_figures.py FOLDER

FOLDER is the model's (scripts/fetch-encoder prints it): config.json, tokenizer.json,
model.safetensors. The pieces come from a WordPiece tokenizer of our own after Devlin 2018, the
numbers from ../encoders/forward.py in float64; neither has anything in common with the C++. The
JSON has figures only, no weights: of each sentence the ids, the mean of the last layer's rows, and
of some layers some values of its first, middle and last piece.

The figures belong to one file of weights, whose size and CRC-32 they name.

Needs Debian's python3-torch and python3-numpy.
"""

import argparse
import json
import os
import sys
import unicodedata
import zlib

import torch

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(FOLDER, "..", "encoders"),
                os.path.join(FOLDER, "..", "..", "..", "scripts")]
import forward
import safetensors_file

SENTENCES = (
    "The ferryman counted his coins twice, and he was still one short.",
    "\u00c9lodie's cafe\u0301 in Besan\u00e7on serves na\u00efve visitors a cr\u00e8me "
    "br\u00fbl\u00e9e \u00e0 la fa\u00e7on de sa grand-m\u00e8re.",
    "\ud55c\uad6d\uc5b4 \ubb38\uc7a5\ub3c4 \ud1a0\ud070\uc73c\ub85c \ub098\ub25c\ub2e4, even "
    "where\u1100\u1161\u11a8English stands between.",
    "A hundred letters (" + "tent" * 25 + ") are pieces, a hundred and one (" + "tent" * 25 +
    "s) are unknown.",
    "3,50 \u20ac (was $4.99!) \u2014 50% off\u2026 \u6cb3\u4e0a\u6709\u6865, \u732b\U0001f63a "
    "\uff21\uff22\uff23 \u00adsoft\u200bly",
    "The miller's daughter rowed to the island, slept in the boat, and rowed back at dawn. " * 8,
)
LAYERS = (0, 1, 3, 6)
DIMENSIONS = range(0, 384, 48)
LONGEST_WORD = 100  # characters


def is_ideograph(character):
    return any(first <= ord(character) <= last for first, last in (
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
        (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)))


def is_punctuation(character):
    is_ascii_symbol = "!" <= character <= "~" and not character.isalnum()
    return is_ascii_symbol or unicodedata.category(character).startswith("P")


def normalized(text):
    """Lower case without accents and control characters."""
    kept = "".join(" " if character in "\t\n\r" else character for character in text
                   if character in "\t\n\r" or
                   (unicodedata.category(character)[0] != "C" and character != "\ufffd"))
    decomposed = unicodedata.normalize("NFD", kept)
    return "".join(character for character in decomposed
                   if unicodedata.category(character) != "Mn").lower()


def words(text):
    """Apart at blanks; punctuation and ideographs stand alone."""
    spaced = "".join(f" {character} " if is_punctuation(character) or is_ideograph(character)
                     else character for character in text)
    return spaced.split()


def pieces(word, vocabulary):
    """The longest piece that fits, again and again."""
    if len(word) > LONGEST_WORD:
        return ["[UNK]"]
    found, begin = [], 0
    while begin < len(word):
        prefix = "##" if begin > 0 else ""
        ends = (end for end in range(len(word), begin, -1)
                if prefix + word[begin:end] in vocabulary)
        end = next(ends, None)
        if end is None:
            return ["[UNK]"]
        found.append(prefix + word[begin:end])
        begin = end
    return found


def tokenize(text, vocabulary):
    inner = [piece for word in words(normalized(text)) for piece in pieces(word, vocabulary)]
    return [vocabulary[piece] for piece in ["[CLS]", *inner, "[SEP]"]]


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def figures_of(text, ids, states):
    """Of one sentence; rounded to what float32 can tell."""
    def rounded(values):
        return [round(float(value), 7) for value in values]

    tokens = (0, len(ids) // 2, len(ids) - 1)
    return {"text": text, "ids": ids, "mean": rounded(states[-1].mean(0)),
            "states": [{"layer": layer, "token": token,
                        "values": rounded(states[layer][token][list(DIMENSIONS)])}
                       for layer in LAYERS for token in tokens]}


def write_figures(path, weights, figures):
    """One line for each list of numbers, so that a change can be read."""
    def lines():
        yield "{"
        yield f' "weights": {json.dumps(weights)},'
        yield f' "dimensions": {json.dumps(list(DIMENSIONS))},'
        yield ' "texts": ['
        for number, text in enumerate(figures):
            yield f'  {{"text": {json.dumps(text["text"])},'
            yield f'   "ids": {json.dumps(text["ids"])},'
            yield f'   "mean": {json.dumps(text["mean"])},'
            yield '   "states": ['
            yield ",\n".join(f"    {json.dumps(state)}" for state in text["states"])
            yield "  ]}" + ("," if number + 1 < len(figures) else "")
        yield " ]"
        yield "}"

    with open(path, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines())


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER")
    folder = parser.parse_args().folder
    weights_path = os.path.join(folder, "model.safetensors")
    tensors, _ = safetensors_file.read(weights_path)
    weights = {name: torch.from_numpy(array.copy()).to(torch.float64)
               for name, array in tensors.items() if array.dtype.kind == "f"}
    config = read_json(os.path.join(folder, "config.json"))
    vocabulary = read_json(os.path.join(folder, "tokenizer.json"))["model"]["vocab"]
    figures = []
    for text in SENTENCES:
        ids = tokenize(text, vocabulary)
        figures.append(figures_of(text, ids, forward.bert(config, weights, torch.tensor(ids))))
    with open(weights_path, "rb") as file:
        content = file.read()
    write_figures(os.path.join(FOLDER, "all-MiniLM-L6-v2.json"),
                  {"bytes": len(content), "crc32": zlib.crc32(content)}, figures)


if __name__ == "__main__":
    main()
