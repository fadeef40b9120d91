// Sentences a second of ONNX Runtime, asked by scripts/bench-encoders as encoder_benchmark is:
//   node onnx_runtime_benchmark.js FOLDER_OF_ONNXRUNTIME_NODE MODEL.onnx THREADS
// prints the milliseconds that loading took, then answers each line "BATCH LENGTH SECONDS" of
// standard input by the median sentences a second of runs that take so long together.
const readline = require('readline');

const [runtimeFolder, model, threads] = process.argv.slice(2);
const ort = require(runtimeFolder);

// [CLS], ids from all over the vocabulary, [SEP]; encoder_benchmark makes the same.
function makeInputs(batch, length) {
  const ids = new BigInt64Array(batch * length).map((_, i) => {
    const position = i % length;
    return position === 0 ? 101n : position === length - 1 ? 102n : BigInt(1000 + (i * 7919) % 28000);
  });
  const tensor = (values) => new ort.Tensor('int64', values, [batch, length]);
  return {
    input_ids: tensor(ids),
    attention_mask: tensor(new BigInt64Array(batch * length).fill(1n)),
    token_type_ids: tensor(new BigInt64Array(batch * length)),
  };
}

function poolMean(states, batch, length) {
  const dimension = states.length / (batch * length);
  const pooled = new Float32Array(batch * dimension);
  for (let sentence = 0; sentence < batch; ++sentence) {
    const sums = pooled.subarray(sentence * dimension, (sentence + 1) * dimension);
    for (let token = 0; token < length; ++token) {
      const begin = (sentence * length + token) * dimension;
      for (let i = 0; i < dimension; ++i) sums[i] += states[begin + i];
    }
    for (let i = 0; i < dimension; ++i) sums[i] /= length;
  }
  return pooled;
}

async function medianRate(session, batch, length, seconds) {
  const inputs = makeInputs(batch, length);
  const encode = async () => {
    const outputs = await session.run(inputs);
    return poolMean(outputs[session.outputNames[0]].data, batch, length);
  };
  await encode();
  const times = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1e3) {
    const begin = performance.now();
    await encode();
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return batch * 1e3 / times[times.length >> 1];
}

async function main() {
  const start = performance.now();
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: Number(threads),
    interOpNumThreads: 1,
  });
  console.log((performance.now() - start).toFixed(1));
  for await (const line of readline.createInterface({input: process.stdin})) {
    const [batch, length, seconds] = line.split(' ').map(Number);
    console.log((await medianRate(session, batch, length, seconds)).toFixed(2));
  }
}

main();
