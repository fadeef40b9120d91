#!/usr/bin/env python3
"""Makes the tiny encoders of this folder, with the hidden states that they must give.

  python3 tests/golden/encoders/make_encoders.py [FOLDER]

Each NAME/ under FOLDER (default: where this script lies) is laid out as a model of the Hugging Face
hub: config.json, model.safetensors, the tokenizer's files, for some 1_Pooling. Its
reference.safetensors holds for each input N: inputN.ids (I32), inputN.layerL (F32, tokens x hidden
size) for every layer L with the embeddings as layer 0, and inputN.mean, the mean of the last
layer's rows. All is computed in float64, from the weights as stored (rounded to F16 or BF16), each
input alone, without padding. Input 2 is a real sentence, in the metadata as "input2.text".

Needs Debian's python3-torch and python3-numpy. Every number comes from a fixed seed: another run
gives the same bytes.
"""

import argparse
import os
import sys
import zlib

import numpy as np
import torch

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [FOLDER, os.path.join(FOLDER, "..", "..", "..", "scripts")]
import checkpoints
import forward
import safetensors_file
import tokenizer_files as tokenizers

TOKEN_COUNTS = (1, 3, 7, 16, 33)
SENTENCES = {  # kind of tokenizer -> text, its seven pieces
    "wordpiece": ("I read a book.", "[CLS] i read a book . [SEP]"),
    "albert": ("I read a book.", "[CLS] \u2581i \u2581read \u2581a \u2581book . [SEP]"),
    "t5": ("i will read a book.", "\u2581i \u2581will \u2581read \u2581a \u2581book . </s>"),
    "gpt2": ("i will read a book.", "i \u0120will \u0120read \u0120a \u0120book ."),
    "roberta": ("i read a book.", "<s> i \u0120read \u0120a \u0120book . </s>"),
}
PIECES = {
    "wordpiece": tokenizers.WORDPIECES,
    "albert": [piece for piece, _ in tokenizers.ALBERT_PIECES],
    "t5": [piece for piece, _ in tokenizers.T5_PIECES],
    "gpt2": tokenizers.GPT2_PIECES,
    "roberta": tokenizers.ROBERTA_PIECES,
}
WRITE_TOKENIZER = {
    "wordpiece": tokenizers.write_wordpiece, "albert": tokenizers.write_albert,
    "t5": tokenizers.write_t5, "gpt2": tokenizers.write_gpt2, "roberta": tokenizers.write_roberta,
}
POOLING = {"bert": "mean_tokens", "distilbert": "cls_token"}  # folders that say how they pool
# Folder, configuration, weights, type that they are stored in, prefix of their names, tokenizer.
ENCODERS = (
    ("bert", checkpoints.BERT, checkpoints.bert_with_buffer_weights, torch.float32, "",
     "wordpiece"),
    ("bert_pretraining", checkpoints.BERT_PRETRAINING, checkpoints.bert_pretraining_weights,
     torch.float32, "bert.", "wordpiece"),
    ("distilbert", checkpoints.DISTILBERT, checkpoints.distilbert_weights, torch.float16, "",
     "wordpiece"),
    ("albert", checkpoints.ALBERT, checkpoints.albert_weights, torch.float32, "", "albert"),
    ("roberta", checkpoints.ROBERTA, checkpoints.bert_weights, torch.bfloat16, "", "roberta"),
    ("gpt2", checkpoints.GPT2, checkpoints.gpt2_with_masks_weights, torch.float32, "", "gpt2"),
    ("gpt2_language_model", checkpoints.GPT2_LANGUAGE_MODEL,
     checkpoints.gpt2_language_model_weights, torch.float32, "transformer.", "gpt2"),
    ("t5", checkpoints.T5, checkpoints.t5_encoder_weights, torch.float32, "", "t5"),
    ("t5_gated", checkpoints.T5_GATED, checkpoints.t5_with_decoder_weights, torch.float32, "",
     "t5"),
)


def stored_array(tensor):
    """BF16 as its bit patterns, which numpy can hold."""
    if tensor.dtype == torch.bfloat16:
        return tensor.view(torch.int16).numpy().view(np.uint16)
    return tensor.numpy()


def plain_weights(tensors, prefix):
    """In float64, under the names that forward.py asks for."""
    weights = {}
    for name, tensor in tensors.items():
        name = name[len(prefix):] if name.startswith(prefix) else name
        name = name.replace("LayerNorm.gamma", "LayerNorm.weight")
        weights[name.replace("LayerNorm.beta", "LayerNorm.bias")] = tensor.to(torch.float64)
    return weights


def make_inputs(config, tokenizer, generator):
    """Random ids but those of the padding, and the sentence."""
    inputs = []
    for token_count in TOKEN_COUNTS:
        ids = generator.integers(0, config["vocab_size"] - 1, token_count)
        inputs.append(ids + (ids >= config.get("pad_token_id", config["vocab_size"])))
    numbers = {piece: number for number, piece in enumerate(PIECES[tokenizer])}
    inputs[2] = np.array([numbers[piece] for piece in SENTENCES[tokenizer][1].split()])
    return inputs


def make_reference(config, weights, inputs):
    tensors = {}
    for number, ids in enumerate(inputs):
        states = forward.FORWARD[config["model_type"]](config, weights, torch.from_numpy(ids))
        tensors[f"input{number}.ids"] = ids.astype(np.int32)
        for layer, state in enumerate(states):
            tensors[f"input{number}.layer{layer}"] = state.numpy().astype(np.float32)
        tensors[f"input{number}.mean"] = states[-1].mean(0).numpy().astype(np.float32)
    return tensors


def write_pooling(folder, size, mode):
    """As sentence encoders have it."""
    folder = os.path.join(folder, "1_Pooling")
    os.makedirs(folder, exist_ok=True)
    modes = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens")
    tokenizers.write_json(folder, "config.json", {
        "word_embedding_dimension": size,
        **{"pooling_mode_" + name: name == mode for name in modes}})


def make_encoder(folder, config, make_weights, stored_type, prefix, tokenizer):
    os.makedirs(folder, exist_ok=True)
    seed = zlib.crc32(os.path.basename(folder).encode())
    tensors = {name: torch.from_numpy(array) for name, array in make_weights(config, seed).items()}
    tensors = {name: tensor.to(stored_type) if tensor.is_floating_point() else tensor
               for name, tensor in tensors.items()}
    inputs = make_inputs(config, tokenizer, np.random.Generator(np.random.PCG64(seed + 2)))
    reference = make_reference(config, plain_weights(tensors, prefix), inputs)

    tokenizers.write_json(folder, "config.json", config)
    WRITE_TOKENIZER[tokenizer](folder)
    if os.path.basename(folder) in POOLING:
        write_pooling(folder, reference["input0.mean"].size, POOLING[os.path.basename(folder)])
    arrays = {name: stored_array(tensor) for name, tensor in tensors.items()}
    safetensors_file.write(os.path.join(folder, "model.safetensors"), arrays, {"format": "pt"})
    safetensors_file.write(os.path.join(folder, "reference.safetensors"), reference,
                           {"input2.text": SENTENCES[tokenizer][0]})


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=FOLDER)
    folder = parser.parse_args().folder
    torch.set_num_threads(1)
    for name, *encoder in ENCODERS:
        make_encoder(os.path.join(folder, name), *encoder)


if __name__ == "__main__":
    main()
