"""Writes and reads safetensors files; needs numpy alone (Debian: python3-numpy).

numpy has no bfloat16: an array of uint16 is taken for, and comes back as, BF16 bit patterns.
"""

import json
import struct

import numpy as np

TYPE_NAMES = {"float32": "F32", "float16": "F16", "uint16": "BF16", "float64": "F64",
              "int32": "I32", "int64": "I64", "uint8": "U8"}
ARRAY_TYPES = {name: array_type for array_type, name in TYPE_NAMES.items()}


def write(path, tensors, metadata=None):
    """tensors: name -> numpy array. The widest types lie first, so that all are aligned."""
    header, end = {}, 0
    tensors = dict(sorted(tensors.items(), key=lambda item: (-item[1].itemsize, item[0])))
    if metadata:
        header["__metadata__"] = metadata
    for name, array in tensors.items():
        begin, end = end, end + array.nbytes
        header[name] = {"dtype": TYPE_NAMES[array.dtype.name], "shape": list(array.shape),
                        "data_offsets": [begin, end]}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array).tobytes())


def read(path):
    """Name -> numpy array, and the metadata."""
    with open(path, "rb") as file:
        data = file.read()
    (header_size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + header_size])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + header_size + offset for offset in entry["data_offsets"])
        array = np.frombuffer(data[begin:end], ARRAY_TYPES[entry["dtype"]])
        tensors[name] = array.reshape(entry["shape"])
    return tensors, metadata
