"""Forward passes of six transformer encoders for one sentence, in the plainest form, from the
definitions in their papers: BERT (Devlin 2018), DistilBERT (Sanh 2019), ALBERT (Lan 2019), RoBERTa
(Liu 2019), GPT-2 (Radford 2019), T5 (Raffel 2019). Needs torch (Debian: python3-torch).

Each takes the config.json as a dict, the weights by name (torch tensors, all of one type, without
the prefix that some files put before the names) and ids (token_count), and returns the hidden
states (token_count x hidden_size) of every layer, the embeddings first.
"""

import math

import torch

ACTIVATIONS = {
    "relu": lambda x: x.clamp(min=0),
    "gelu": lambda x: 0.5 * x * (1 + torch.erf(x / math.sqrt(2))),
    "gelu_new":
        lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
}
ACTIVATIONS["gelu_pytorch_tanh"] = ACTIVATIONS["gelu_new"]  # one formula under two names


def linear(x, weights, name):
    """Weight as (outputs x inputs)."""
    bias = weights.get(name + ".bias")
    product = x @ weights[name + ".weight"].T
    return product if bias is None else product + bias


def linear_transposed(x, weights, name):
    """Weight as (inputs x outputs), as GPT-2's files have it."""
    return x @ weights[name + ".weight"] + weights[name + ".bias"]


def layer_norm(x, weights, name, epsilon):
    centred = x - x.mean(-1, keepdim=True)
    deviation = torch.sqrt((centred**2).mean(-1, keepdim=True) + epsilon)
    return centred / deviation * weights[name + ".weight"] + weights[name + ".bias"]


def rms_norm(x, weights, name, epsilon):
    return x / torch.sqrt((x**2).mean(-1, keepdim=True) + epsilon) * weights[name + ".weight"]


def attend(query, key, value, head_count, scale, score_bias=None):
    """All three (token_count x head_count * head_size); score_bias is added before the softmax and
    broadcasts to (head_count x token_count x token_count)."""
    def heads(x):
        return x.reshape(x.shape[0], head_count, -1).transpose(0, 1)

    scores = heads(query) @ heads(key).transpose(1, 2) * scale
    if score_bias is not None:
        scores = scores + score_bias
    mixed = torch.softmax(scores, -1) @ heads(value)
    return mixed.transpose(0, 1).reshape(query.shape[0], -1)


def attend_scaled(x, weights, names, head_count, score_bias=None):
    """names: those of query, key, value."""
    query, key, value = (linear(x, weights, name) for name in names)
    scale = (query.shape[1] // head_count) ** -0.5
    return attend(query, key, value, head_count, scale, score_bias)


def embed(weights, ids, first_position=0, with_types=True):
    positions = first_position + torch.arange(len(ids))
    x = (weights["embeddings.word_embeddings.weight"][ids] +
         weights["embeddings.position_embeddings.weight"][positions])
    return x + weights["embeddings.token_type_embeddings.weight"][0] if with_types else x


def bert(config, weights, ids, first_position=0):
    epsilon, head_count = config["layer_norm_eps"], config["num_attention_heads"]
    activation = ACTIVATIONS[config["hidden_act"]]
    x = embed(weights, ids, first_position)
    states = [layer_norm(x, weights, "embeddings.LayerNorm", epsilon)]
    for layer in range(config["num_hidden_layers"]):
        x, name = states[-1], f"encoder.layer.{layer}."
        parts = [name + "attention.self." + part for part in ("query", "key", "value")]
        mixed = attend_scaled(x, weights, parts, head_count)
        mixed = linear(mixed, weights, name + "attention.output.dense")
        x = layer_norm(x + mixed, weights, name + "attention.output.LayerNorm", epsilon)
        inner = activation(linear(x, weights, name + "intermediate.dense"))
        inner = linear(inner, weights, name + "output.dense")
        states.append(layer_norm(x + inner, weights, name + "output.LayerNorm", epsilon))
    return states


def roberta(config, weights, ids):
    """BERT whose positions are counted from pad_token_id + 1."""
    return bert(config, weights, ids, first_position=config["pad_token_id"] + 1)


def distilbert(config, weights, ids):
    epsilon = 1e-12
    activation = ACTIVATIONS[config["activation"]]
    x = embed(weights, ids, with_types=False)
    states = [layer_norm(x, weights, "embeddings.LayerNorm", epsilon)]
    for layer in range(config["n_layers"]):
        x, name = states[-1], f"transformer.layer.{layer}."
        parts = [name + f"attention.{part}_lin" for part in "qkv"]
        mixed = attend_scaled(x, weights, parts, config["n_heads"])
        mixed = linear(mixed, weights, name + "attention.out_lin")
        x = layer_norm(x + mixed, weights, name + "sa_layer_norm", epsilon)
        inner = activation(linear(x, weights, name + "ffn.lin1"))
        inner = linear(inner, weights, name + "ffn.lin2")
        states.append(layer_norm(x + inner, weights, name + "output_layer_norm", epsilon))
    return states


def albert(config, weights, ids):
    """Small embeddings widened by one product (that is layer 0), then one layer again and again."""
    epsilon, head_count = config["layer_norm_eps"], config["num_attention_heads"]
    activation = ACTIVATIONS[config["hidden_act"]]
    x = layer_norm(embed(weights, ids), weights, "embeddings.LayerNorm", epsilon)
    states = [linear(x, weights, "encoder.embedding_hidden_mapping_in")]
    name = "encoder.albert_layer_groups.0.albert_layers.0."
    parts = [name + "attention." + part for part in ("query", "key", "value")]
    for _ in range(config["num_hidden_layers"]):
        x = states[-1]
        mixed = attend_scaled(x, weights, parts, head_count)
        mixed = linear(mixed, weights, name + "attention.dense")
        x = layer_norm(x + mixed, weights, name + "attention.LayerNorm", epsilon)
        inner = activation(linear(x, weights, name + "ffn"))
        inner = linear(inner, weights, name + "ffn_output")
        states.append(layer_norm(x + inner, weights, name + "full_layer_layer_norm", epsilon))
    return states


def gpt2(config, weights, ids):
    """Norms come before attention and product; the last state has gone through ln_f."""
    epsilon, head_count = config["layer_norm_epsilon"], config["n_head"]
    activation = ACTIVATIONS[config["activation_function"]]
    scale = (config["n_embd"] // head_count) ** -0.5
    later = torch.ones(len(ids), len(ids), dtype=torch.bool).triu(1)
    mask = torch.zeros(len(ids), len(ids), dtype=torch.float64).masked_fill(later, -math.inf)
    x = weights["wte.weight"][ids] + weights["wpe.weight"][:len(ids)]
    states = [x]
    for layer in range(config["n_layer"]):
        name = f"h.{layer}."
        normal = layer_norm(x, weights, name + "ln_1", epsilon)
        parts = linear_transposed(normal, weights, name + "attn.c_attn").chunk(3, -1)
        mixed = attend(*parts, head_count, scale, mask)
        x = x + linear_transposed(mixed, weights, name + "attn.c_proj")
        normal = layer_norm(x, weights, name + "ln_2", epsilon)
        inner = activation(linear_transposed(normal, weights, name + "mlp.c_fc"))
        x = x + linear_transposed(inner, weights, name + "mlp.c_proj")
        states.append(x)
    states[-1] = layer_norm(x, weights, "ln_f", epsilon)
    return states


def position_bucket(distance, bucket_count, max_distance):
    """T5's bucket of (key position - query position): half of the buckets for keys that come later;
    in each half the first half holds one distance each, the rest grow geometrically."""
    side_count = bucket_count // 2
    first = side_count if distance > 0 else 0
    distance, exact_count = abs(distance), side_count // 2
    if distance < exact_count:
        return first + distance
    # A power that meets a distance exactly belongs to the next bucket: hence the small addition.
    share = math.log(distance / exact_count) / math.log(max_distance / exact_count)
    step = int(share * (side_count - exact_count) + 1e-9)
    return first + min(exact_count + step, side_count - 1)


def position_bias(config, weights, token_count):
    """(head_count x token_count x token_count): made from the first layer's table, used by all."""
    table = weights["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
    buckets = [[position_bucket(key - query, config["relative_attention_num_buckets"],
                                config.get("relative_attention_max_distance", 128))
                for key in range(token_count)] for query in range(token_count)]
    return table[torch.tensor(buckets)].permute(2, 0, 1)


def t5(config, weights, ids):
    """The encoder half; the last state has gone through the final norm."""
    epsilon = config["layer_norm_epsilon"]
    gate, _, activation = config.get("feed_forward_proj", "relu").rpartition("-")
    activation = ACTIVATIONS["gelu_new" if gate else activation]  # "gated-gelu" means this one
    bias = position_bias(config, weights, len(ids))
    x = weights["shared.weight"][ids]
    states = [x]
    for layer in range(config["num_layers"]):
        name = f"encoder.block.{layer}.layer."
        normal = rms_norm(x, weights, name + "0.layer_norm", epsilon)
        parts = [linear(normal, weights, name + f"0.SelfAttention.{part}") for part in "qkv"]
        mixed = attend(*parts, config["num_heads"], 1.0, bias)
        x = x + linear(mixed, weights, name + "0.SelfAttention.o")
        normal = rms_norm(x, weights, name + "1.layer_norm", epsilon)
        name += "1.DenseReluDense."
        if gate:
            inner = (activation(linear(normal, weights, name + "wi_0")) *
                     linear(normal, weights, name + "wi_1"))
        else:
            inner = activation(linear(normal, weights, name + "wi"))
        x = x + linear(inner, weights, name + "wo")
        states.append(x)
    states[-1] = rms_norm(x, weights, "encoder.final_layer_norm", epsilon)
    return states


FORWARD = {"bert": bert, "roberta": roberta, "distilbert": distilbert, "albert": albert,
           "gpt2": gpt2, "t5": t5}
