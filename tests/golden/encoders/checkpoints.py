"""Configurations and random weights of the tiny encoders, under the names that real files have.

Sizes are awkward on purpose: no power of two, heads of 5, 6 or 8 numbers, odd vocabularies. Weights
are drawn wide enough that attention is far from uniform and no norm or bias can be left out unseen.
"""

import numpy as np

import tokenizer_files


class Weights:
    """Draws tensors by a seed, in the order asked for."""

    def __init__(self, seed):
        self.tensors = {}
        self._generator = np.random.Generator(np.random.PCG64(seed))

    def draw(self, name, *shape, spread, around=0.0):
        self.tensors[name] = around + spread * self._generator.standard_normal(shape)

    def embedding(self, name, rows, columns, spread=0.7):
        self.draw(name + ".weight", rows, columns, spread=spread)

    def linear(self, name, inputs, outputs, scale=1.0, bias=True):
        self.draw(name + ".weight", outputs, inputs, spread=scale * inputs**-0.5)
        if bias:
            self.draw(name + ".bias", outputs, spread=0.2)

    def linear_transposed(self, name, inputs, outputs, scale=1.0):
        self.draw(name + ".weight", inputs, outputs, spread=scale * inputs**-0.5)
        self.draw(name + ".bias", outputs, spread=0.2)

    def norm(self, name, size, bias=True):
        self.draw(name + ".weight", size, spread=0.2, around=1.0)
        if bias:
            self.draw(name + ".bias", size, spread=0.2)


ATTENTION_SCALE = 1.8  # of the weights of query and key


def bert_embeddings(weights, config, size, types):
    weights.embedding("embeddings.word_embeddings", config["vocab_size"], size)
    weights.embedding("embeddings.position_embeddings", config["max_position_embeddings"], size)
    if types:
        weights.embedding("embeddings.token_type_embeddings", config["type_vocab_size"], size)
    weights.norm("embeddings.LayerNorm", size)


def bert_weights(config, seed):
    weights = Weights(seed)
    size, inner_size = config["hidden_size"], config["intermediate_size"]
    bert_embeddings(weights, config, size, types=True)
    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{layer}."
        weights.linear(name + "attention.self.query", size, size, ATTENTION_SCALE)
        weights.linear(name + "attention.self.key", size, size, ATTENTION_SCALE)
        weights.linear(name + "attention.self.value", size, size)
        weights.linear(name + "attention.output.dense", size, size)
        weights.norm(name + "attention.output.LayerNorm", size)
        weights.linear(name + "intermediate.dense", size, inner_size)
        weights.linear(name + "output.dense", inner_size, size)
        weights.norm(name + "output.LayerNorm", size)
    weights.linear("pooler.dense", size, size)
    return weights.tensors


def bert_with_buffer_weights(config, seed):
    """As files of older versions: with the position ids."""
    tensors = bert_weights(config, seed)
    tensors["embeddings.position_ids"] = np.arange(config["max_position_embeddings"])[np.newaxis]
    return tensors


def bert_pretraining_weights(config, seed):
    """As the first BERT's own files: a prefix, norms in TensorFlow's words, heads that no encoder
    needs."""
    tensors = {}
    for name, tensor in bert_weights(config, seed).items():
        name = name.replace("LayerNorm.weight", "LayerNorm.gamma")
        tensors["bert." + name.replace("LayerNorm.bias", "LayerNorm.beta")] = tensor
    heads, size = Weights(seed + 1), config["hidden_size"]
    heads.draw("cls.predictions.bias", config["vocab_size"], spread=0.2)
    heads.linear("cls.predictions.transform.dense", size, size)
    heads.linear("cls.seq_relationship", size, 2)
    return {**tensors, **heads.tensors}


def distilbert_weights(config, seed):
    weights = Weights(seed)
    size, inner_size = config["dim"], config["hidden_dim"]
    bert_embeddings(weights, config, size, types=False)
    for layer in range(config["n_layers"]):
        name = f"transformer.layer.{layer}."
        weights.linear(name + "attention.q_lin", size, size, ATTENTION_SCALE)
        weights.linear(name + "attention.k_lin", size, size, ATTENTION_SCALE)
        weights.linear(name + "attention.v_lin", size, size)
        weights.linear(name + "attention.out_lin", size, size)
        weights.norm(name + "sa_layer_norm", size)
        weights.linear(name + "ffn.lin1", size, inner_size)
        weights.linear(name + "ffn.lin2", inner_size, size)
        weights.norm(name + "output_layer_norm", size)
    return weights.tensors


def albert_weights(config, seed):
    weights = Weights(seed)
    size, inner_size = config["hidden_size"], config["intermediate_size"]
    bert_embeddings(weights, config, config["embedding_size"], types=True)
    weights.linear("encoder.embedding_hidden_mapping_in", config["embedding_size"], size)
    name = "encoder.albert_layer_groups.0.albert_layers.0."
    weights.linear(name + "attention.query", size, size, ATTENTION_SCALE)
    weights.linear(name + "attention.key", size, size, ATTENTION_SCALE)
    weights.linear(name + "attention.value", size, size)
    weights.linear(name + "attention.dense", size, size)
    weights.norm(name + "attention.LayerNorm", size)
    weights.linear(name + "ffn", size, inner_size)
    weights.linear(name + "ffn_output", inner_size, size)
    weights.norm(name + "full_layer_layer_norm", size)
    weights.linear("pooler", size, size)
    return weights.tensors


def gpt2_weights(config, seed):
    weights = Weights(seed)
    size = config["n_embd"]
    inner_size = config.get("n_inner") or 4 * size
    weights.embedding("wte", config["vocab_size"], size)
    weights.embedding("wpe", config["n_positions"], size, spread=0.4)
    for layer in range(config["n_layer"]):
        name = f"h.{layer}."
        weights.norm(name + "ln_1", size)
        weights.linear_transposed(name + "attn.c_attn", size, 3 * size, ATTENTION_SCALE)
        weights.linear_transposed(name + "attn.c_proj", size, size, scale=0.5)
        weights.norm(name + "ln_2", size)
        weights.linear_transposed(name + "mlp.c_fc", size, inner_size)
        weights.linear_transposed(name + "mlp.c_proj", inner_size, size)
    weights.norm("ln_f", size)
    return weights.tensors


def gpt2_with_masks_weights(config, seed):
    """As the first GPT-2's own files: with every layer's causal mask."""
    tensors = gpt2_weights(config, seed)
    count = config["n_positions"]
    for layer in range(config["n_layer"]):
        tensors[f"h.{layer}.attn.bias"] = np.tri(count)[np.newaxis, np.newaxis]
    return tensors


def gpt2_language_model_weights(config, seed):
    """As a language model is saved: with a prefix; its head is the embeddings themselves."""
    return {"transformer." + name: tensor for name, tensor in gpt2_weights(config, seed).items()}


def t5_stack(weights, config, stack, layer_count, with_cross_attention):
    size, gated = config["d_model"], config.get("feed_forward_proj", "relu").startswith("gated")
    attention_size, inner_size = config["num_heads"] * config["d_kv"], config["d_ff"]

    def attention(name):
        # Scores are not divided by the root of the head size: the query's weights are the smaller.
        weights.linear(name + "q", size, attention_size, config["d_kv"]**-0.5, bias=False)
        weights.linear(name + "k", size, attention_size, ATTENTION_SCALE, bias=False)
        weights.linear(name + "v", size, attention_size, bias=False)
        weights.linear(name + "o", attention_size, size, bias=False)

    for layer in range(layer_count):
        name = f"{stack}.block.{layer}.layer."
        attention(name + "0.SelfAttention.")
        if layer == 0:
            weights.embedding(name + "0.SelfAttention.relative_attention_bias",
                              config["relative_attention_num_buckets"], config["num_heads"], 1.0)
        weights.norm(name + "0.layer_norm", size, bias=False)
        if with_cross_attention:
            attention(name + "1.EncDecAttention.")
            weights.norm(name + "1.layer_norm", size, bias=False)
        name += "2." if with_cross_attention else "1."
        for part in ("wi_0", "wi_1") if gated else ("wi",):
            weights.linear(name + "DenseReluDense." + part, size, inner_size, bias=False)
        weights.linear(name + "DenseReluDense.wo", inner_size, size, bias=False)
        weights.norm(name + "layer_norm", size, bias=False)
    weights.norm(stack + ".final_layer_norm", size, bias=False)


def t5_encoder_weights(config, seed):
    weights = Weights(seed)
    weights.embedding("shared", config["vocab_size"], config["d_model"])
    t5_stack(weights, config, "encoder", config["num_layers"], with_cross_attention=False)
    return weights.tensors


def t5_with_decoder_weights(config, seed):
    """As T5 1.1 is saved: with a decoder, and a head of its own."""
    weights = Weights(seed)
    weights.tensors = t5_encoder_weights(config, seed + 1)
    t5_stack(weights, config, "decoder", config["num_decoder_layers"], with_cross_attention=True)
    weights.linear("lm_head", config["d_model"], config["vocab_size"], bias=False)
    return weights.tensors


LARGE_EPSILON = 1e-3  # an epsilon that is not read from config.json would hide in 1e-5

BERT = {
    "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu",
    "attention_probs_dropout_prob": 0.1, "hidden_dropout_prob": 0.1, "initializer_range": 0.02,
    "hidden_size": 24, "intermediate_size": 40, "num_attention_heads": 3, "num_hidden_layers": 2,
    "layer_norm_eps": 1e-12, "max_position_embeddings": 48, "type_vocab_size": 2,
    "pad_token_id": 0, "position_embedding_type": "absolute",
    "vocab_size": tokenizer_files.WORDPIECE_COUNT,
}
BERT_PRETRAINING = {
    **BERT, "architectures": ["BertForPreTraining"], "hidden_act": "relu",
    "hidden_size": 20, "intermediate_size": 36, "num_attention_heads": 4, "num_hidden_layers": 1,
    "layer_norm_eps": LARGE_EPSILON,
}
DISTILBERT = {
    "architectures": ["DistilBertModel"], "model_type": "distilbert", "activation": "gelu",
    "attention_dropout": 0.1, "dropout": 0.1, "initializer_range": 0.02,
    "dim": 24, "hidden_dim": 40, "n_heads": 3, "n_layers": 2,
    "max_position_embeddings": 48, "pad_token_id": 0, "sinusoidal_pos_embds": False,
    "tie_weights_": True, "vocab_size": tokenizer_files.WORDPIECE_COUNT,
}
ALBERT = {
    "architectures": ["AlbertModel"], "model_type": "albert", "hidden_act": "gelu_new",
    "attention_probs_dropout_prob": 0, "hidden_dropout_prob": 0, "initializer_range": 0.02,
    "embedding_size": 10, "hidden_size": 24, "intermediate_size": 40, "num_attention_heads": 3,
    "num_hidden_layers": 3, "num_hidden_groups": 1, "inner_group_num": 1,
    "layer_norm_eps": 1e-12, "max_position_embeddings": 48, "type_vocab_size": 2,
    "bos_token_id": 2, "eos_token_id": 3, "pad_token_id": 0,
    "vocab_size": tokenizer_files.ALBERT_PIECE_COUNT,
}
ROBERTA = {
    "architectures": ["RobertaModel"], "model_type": "roberta", "hidden_act": "gelu",
    "attention_probs_dropout_prob": 0.1, "hidden_dropout_prob": 0.1, "initializer_range": 0.02,
    "hidden_size": 24, "intermediate_size": 40, "num_attention_heads": 3, "num_hidden_layers": 2,
    "layer_norm_eps": 1e-5, "max_position_embeddings": 50, "type_vocab_size": 1,
    "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1,
    "vocab_size": tokenizer_files.ROBERTA_PIECE_COUNT, "torch_dtype": "bfloat16",
}
GPT2 = {
    "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "activation_function": "gelu_new",
    "attn_pdrop": 0.1, "embd_pdrop": 0.1, "resid_pdrop": 0.1, "initializer_range": 0.02,
    "n_ctx": 40, "n_embd": 18, "n_head": 3, "n_layer": 2, "n_positions": 40,
    "layer_norm_epsilon": 1e-5, "vocab_size": tokenizer_files.GPT2_PIECE_COUNT,
    "bos_token_id": tokenizer_files.GPT2_PIECE_COUNT - 1,
    "eos_token_id": tokenizer_files.GPT2_PIECE_COUNT - 1,
}
GPT2_LANGUAGE_MODEL = {
    **GPT2, "activation_function": "gelu_pytorch_tanh",
    "n_embd": 20, "n_head": 4, "n_inner": 44, "n_layer": 1,
    "layer_norm_epsilon": LARGE_EPSILON,
}
T5 = {  # without feed_forward_proj and relative_attention_max_distance, as the first T5's own files
    "architectures": ["T5EncoderModel"], "model_type": "t5", "dropout_rate": 0.1,
    "d_ff": 36, "d_kv": 6, "d_model": 20, "num_heads": 3, "num_layers": 2, "n_positions": 512,
    "relative_attention_num_buckets": 32, "layer_norm_epsilon": 1e-6, "is_encoder_decoder": True,
    "decoder_start_token_id": 0, "eos_token_id": 1, "pad_token_id": 0,
    "vocab_size": tokenizer_files.T5_PIECE_COUNT + 3,  # rounded up, as real ones are
}
T5_GATED = {
    **T5, "architectures": ["T5ForConditionalGeneration"], "feed_forward_proj": "gated-gelu",
    "d_ff": 26, "d_kv": 5, "d_model": 21, "num_heads": 4, "num_decoder_layers": 1,
    "relative_attention_num_buckets": 10, "relative_attention_max_distance": 20,
    "layer_norm_epsilon": LARGE_EPSILON, "tie_word_embeddings": False,
}
