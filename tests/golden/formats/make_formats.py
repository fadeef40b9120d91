#!/usr/bin/env python3
"""Makes this folder's files with the programs whose formats they are.

    make_formats.py            beside this script; needs numpy, and of the others what is there:
                               gensim, finalfusion, safetensors, and the program fasttext

The files do not change when it runs again, but for those of fastText, whose training is its own.
"""

import importlib.util
import os
import shutil
import subprocess

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = ["the", "Straße", "語言", "don't", "a_b", "7"]
ROWS = numpy.array(
    [
        [0.1, -0.2, 3e-5, 16777216.0],
        [1.0, 0.0, -0.0, 2.0],
        [1.17549435e-38, -3.4e38, 1e-30, 0.333333343],
        [5.0, 6.5, -7.25, 8.125],
        [0.5, -0.5, 0.25, -0.25],
        [123456.789, -0.000123456, 9.99999, 1.0],
    ],
    dtype=numpy.float32,
)


def path_of(name):
    return os.path.join(HERE, name)


def has(module):
    return importlib.util.find_spec(module) is not None


def write_expected():
    """A word a line, then its values in hexadecimal floating point."""
    with open(path_of("expected"), "w", encoding="utf-8") as file:
        for word, row in zip(WORDS, ROWS):
            file.write(word + "".join(" " + float(value).hex() for value in row) + "\n")


def write_words(name, words):
    with open(path_of(name), "w", encoding="utf-8") as file:
        file.write("\n".join(words) + "\n")


def write_numpy():
    numpy.save(path_of("numpy_f4.npy"), ROWS)
    numpy.save(path_of("numpy_f8.npy"), ROWS.astype(numpy.float64))
    numpy.save(path_of("numpy_by_columns.npy"), numpy.asfortranarray(ROWS))
    for name in ("numpy_f4", "numpy_f8"):
        write_words(name + ".words", WORDS)


def write_gensim():
    from gensim.models import KeyedVectors

    vectors = KeyedVectors(ROWS.shape[1])
    vectors.add_vectors(WORDS, ROWS)
    vectors.save_word2vec_format(path_of("gensim.txt"), binary=False)
    vectors.save_word2vec_format(path_of("gensim.txt.gz"), binary=False)
    vectors.save_word2vec_format(path_of("gensim.bin"), binary=True)
    vectors.save_word2vec_format(path_of("gensim.glove"), binary=False, write_header=False)


def write_finalfusion():
    from finalfusion import Embeddings
    from finalfusion.norms import Norms
    from finalfusion.storage import NdArray
    from finalfusion.vocab import SimpleVocab

    # As finalfusion keeps them: of length one, and their lengths. The row of -3.4e38 is too long.
    keep = [0, 1, 3, 4, 5]
    rows = ROWS[keep].astype(numpy.float64)
    lengths = numpy.sqrt((rows**2).sum(axis=1))
    units = (rows / lengths[:, None]).astype(numpy.float32)
    Embeddings(
        NdArray(units), SimpleVocab([WORDS[i] for i in keep]), Norms(lengths.astype(numpy.float32))
    ).write(path_of("finalfusion.fifu"))


def write_safetensors():
    from safetensors.numpy import save_file

    save_file({"bias": ROWS[0], "vectors": ROWS}, path_of("safetensors.safetensors"))
    write_words("safetensors.words", WORDS)


def run_fasttext(*arguments):
    subprocess.run(["fasttext", *arguments], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def write_fasttext():
    text = path_of("text")
    words = [f"w{i}" for i in range(300)]
    with open(text, "w", encoding="utf-8") as file:
        for i in range(0, 300, 10):
            file.write(" ".join(words[i:i + 10] * 2) + "\n")
    run_fasttext("skipgram", "-input", text, "-output", path_of("fasttext"), "-dim", "2",
                 "-minCount", "1", "-bucket", "20", "-epoch", "1", "-thread", "1")
    with open(text, "w", encoding="utf-8") as file:
        for i in range(0, 300, 10):
            file.write("__label__" + "ab"[i % 20 // 10] + " " + " ".join(words[i:i + 10] * 2) + "\n")
    run_fasttext("supervised", "-input", text, "-output", path_of("supervised"), "-dim", "2",
                 "-minCount", "1", "-bucket", "0", "-epoch", "1", "-thread", "1")
    run_fasttext("quantize", "-input", text, "-output", path_of("supervised"))
    os.remove(text)
    os.remove(path_of("supervised.vec"))


def main():
    write_expected()
    write_numpy()
    for name, write in (("gensim", write_gensim), ("finalfusion", write_finalfusion),
                        ("safetensors", write_safetensors)):
        if has(name):
            write()
            print("made the files of", name)
    if shutil.which("fasttext"):
        write_fasttext()
        print("made the files of fasttext")


if __name__ == "__main__":
    main()
