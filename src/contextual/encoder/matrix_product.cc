#include "contextual/encoder/matrix_product.h"

#include <dlfcn.h>
#include <dnnl.h>
#include <omp.h>

#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include "common/math/instruction_set.h"
#include "common/support/error.h"
#include "common/support/round_up.h"
#include "contextual/encoder/weight_memory.h"

namespace wordkin::contextual {
namespace {

// The functions of oneDNN's C interface that we use, found in the library once it is loaded:
// linking it would cost every command five milliseconds at its start.
struct OneDnn {
#define WORDKIN_ONE_DNN_FUNCTIONS(use)                                                             \
  use(engine_create) use(inner_product_forward_desc_init) use(memory_create)                       \
      use(memory_desc_get_size) use(memory_desc_init_by_tag) use(memory_destroy)                   \
          use(post_ops_append_sum) use(post_ops_create) use(post_ops_destroy)                      \
              use(primitive_attr_create) use(primitive_attr_destroy)                               \
                  use(primitive_attr_set_post_ops) use(primitive_attr_set_scratchpad_mode)         \
                      use(primitive_create) use(primitive_desc_create) use(primitive_desc_destroy) \
                          use(primitive_desc_query_md) use(primitive_destroy)                      \
                              use(primitive_execute) use(reorder_primitive_desc_create)            \
                                  use(set_max_cpu_isa) use(get_effective_cpu_isa)                  \
                                      use(stream_create) use(stream_destroy) use(stream_wait)
#define WORDKIN_DECLARE(name) decltype(&dnnl_##name) name = nullptr;
  WORDKIN_ONE_DNN_FUNCTIONS(WORDKIN_DECLARE)
#undef WORDKIN_DECLARE

  OneDnn();
  dnnl_engine_t engine = nullptr;
};

void Check(dnnl_status_t status, const char* attempt) {
  if (status == dnnl_success) return;
  if (status == dnnl_out_of_memory) {
    throw Error(ErrorKind::kInputOutput,
                std::string("oneDNN cannot get the memory that it needs to ") + attempt);
  }
  throw Error(ErrorKind::kInternal,
              std::string("oneDNN cannot ") + attempt + " (status " + std::to_string(status) + ")");
}

// What WORDKIN_INSTRUCTION_SET allows.
dnnl_cpu_isa_t AllowedInstructionSet() {
  const std::string name = ActiveInstructionSet();
  if (name == "avx512vnni") return dnnl_cpu_isa_all;
  if (name == "avx512") return dnnl_cpu_isa_avx512_core;
  if (name == "avx2") return dnnl_cpu_isa_avx2;
  return dnnl_cpu_isa_sse41;
}

OneDnn::OneDnn() {
  const std::string file = "libdnnl.so." + std::to_string(DNNL_VERSION_MAJOR);
  // Never closed: what it allocates lives as long as the process.
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw Error(ErrorKind::kInputOutput, std::string("cannot load oneDNN, which encoders need: ") +
                                             dlerror() + " (Debian's package is libdnnl2)");
  }
  const auto find = [&](auto& function, const char* name) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
    if (function == nullptr) {
      throw Error(ErrorKind::kInputOutput,
                  "cannot use " + file + ": it has no function " + std::string(name));
    }
  };
#define WORDKIN_FIND(name) find(name, "dnnl_" #name);
  WORDKIN_ONE_DNN_FUNCTIONS(WORDKIN_FIND)
#undef WORDKIN_FIND
#undef WORDKIN_ONE_DNN_FUNCTIONS
  Check(set_max_cpu_isa(AllowedInstructionSet()), "choose an instruction set");
  Check(engine_create(&engine, dnnl_cpu, 0), "start");
}

const OneDnn& Library() {
  static const OneDnn library;
  return library;
}

// A memory object over bytes that live elsewhere.
class Memory {
 public:
  Memory(const dnnl_memory_desc_t& description, const void* bytes) {
    Check(
        Library().memory_create(&memory_, &description, Library().engine, const_cast<void*>(bytes)),
        "describe memory");
  }
  ~Memory() { Library().memory_destroy(memory_); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  dnnl_memory_t get() const { return memory_; }

 private:
  dnnl_memory_t memory_ = nullptr;
};

// oneDNN's streams belong to one thread at a time.
class Stream {
 public:
  Stream() {
    Check(Library().stream_create(&stream_, Library().engine, dnnl_stream_default_flags),
          "create a stream");
  }
  ~Stream() { Library().stream_destroy(stream_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void Execute(dnnl_primitive_t primitive, std::span<const dnnl_exec_arg_t> arguments) {
    Check(Library().primitive_execute(primitive, stream_, static_cast<int>(arguments.size()),
                                      arguments.data()),
          "multiply");
    Check(Library().stream_wait(stream_), "multiply");
  }

 private:
  dnnl_stream_t stream_ = nullptr;
};

Stream& ThreadStream() {
  thread_local Stream stream;
  return stream;
}

constexpr std::size_t kAlignment = 64;

struct FreeBytes {
  void operator()(void* bytes) const { ::operator delete (bytes, std::align_val_t{kAlignment}); }
};
using Bytes = std::unique_ptr<void, FreeBytes>;

Bytes AllocateBytes(std::size_t size) {
  return Bytes(::operator new (size, std::align_val_t{kAlignment}));
}

// Memory that oneDNN asks for while a product runs; grows, one a thread.
void* ThreadScratch(std::size_t size) {
  thread_local Bytes bytes;
  thread_local std::size_t capacity = 0;
  if (size > capacity) {
    bytes = AllocateBytes(size);
    capacity = size;
  }
  return bytes.get();
}

dnnl_memory_desc_t Description(std::initializer_list<std::size_t> extents, dnnl_data_type_t type,
                               dnnl_format_tag_t tag) {
  dnnl_dims_t dimensions = {};
  int count = 0;
  for (const std::size_t extent : extents) dimensions[count++] = static_cast<dnnl_dim_t>(extent);
  dnnl_memory_desc_t description;
  Check(Library().memory_desc_init_by_tag(&description, count, dimensions, type, tag),
        "describe a matrix");
  return description;
}

// Everything that decides which code a product needs, and by what its matrix is packed.
struct ProductKey {
  bool is_float = true;
  bool has_bias = false;
  bool adds = false;
  std::size_t inputs = 0;
  std::size_t outputs = 0;
  std::size_t row_count = 0;
  int thread_count = 1;
  int packing_thread_count = 1;  // on which oneDNN chose the layout: it may choose another on more
  auto operator<=>(const ProductKey&) const = default;
};

// Compiled code for one key; the matrix is an argument. The threads that OpenMP gives now are those
// of the key.
class Product {
 public:
  // 'weights' says how the matrix is packed; nullptr: as oneDNN likes it best.
  Product(const ProductKey& key, const dnnl_memory_desc_t* weights)
      : input_(
            Description({key.row_count, key.inputs}, key.is_float ? dnnl_f32 : dnnl_u8, dnnl_ab)),
        output_(
            Description({key.row_count, key.outputs}, key.is_float ? dnnl_f32 : dnnl_s32, dnnl_ab)),
        bias_(Description({key.outputs}, dnnl_f32, dnnl_a)) {
    const OneDnn& library = Library();
    const dnnl_memory_desc_t any = Description(
        {key.outputs, key.inputs}, key.is_float ? dnnl_f32 : dnnl_s8, dnnl_format_tag_any);
    dnnl_inner_product_desc_t operation;
    Check(library.inner_product_forward_desc_init(&operation, dnnl_forward_inference, &input_,
                                                  weights != nullptr ? weights : &any,
                                                  key.has_bias ? &bias_ : nullptr, &output_),
          "describe a product");
    dnnl_primitive_attr_t attributes = nullptr;
    Check(library.primitive_attr_create(&attributes), "describe a product");
    const std::unique_ptr<dnnl_primitive_attr, decltype(library.primitive_attr_destroy)> guard(
        attributes, library.primitive_attr_destroy);
    Check(library.primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
          "describe a product");
    if (key.adds) AppendSum(attributes);
    dnnl_primitive_desc_t description = nullptr;
    Check(library.primitive_desc_create(&description, &operation, attributes, library.engine,
                                        nullptr),
          "choose code for a product");
    const std::unique_ptr<dnnl_primitive_desc, decltype(library.primitive_desc_destroy)> owner(
        description, library.primitive_desc_destroy);
    weights_ = *library.primitive_desc_query_md(description, dnnl_query_weights_md, 0);
    scratch_ = *library.primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
    scratch_bytes_ = library.memory_desc_get_size(&scratch_);
    Check(library.primitive_create(&primitive_, description), "compile a product");
  }
  ~Product() { Library().primitive_destroy(primitive_); }
  Product(const Product&) = delete;
  Product& operator=(const Product&) = delete;

  const dnnl_memory_desc_t& weights() const { return weights_; }

  void Run(const void* input, const void* weights, const void* bias, void* output) const {
    const Memory input_memory(input_, input), weights_memory(weights_, weights);
    const Memory bias_memory(bias_, bias), output_memory(output_, output);
    const Memory scratch_memory(scratch_, ThreadScratch(scratch_bytes_));
    const std::array<dnnl_exec_arg_t, 5> arguments = {{
        {DNNL_ARG_SRC, input_memory.get()},
        {DNNL_ARG_WEIGHTS, weights_memory.get()},
        {DNNL_ARG_DST, output_memory.get()},
        {DNNL_ARG_SCRATCHPAD, scratch_memory.get()},
        {DNNL_ARG_BIAS, bias_memory.get()},
    }};
    ThreadStream().Execute(primitive_, std::span(arguments).first(bias != nullptr ? 5 : 4));
  }

 private:
  static void AppendSum(dnnl_primitive_attr_t attributes) {
    dnnl_post_ops_t operations = nullptr;
    Check(Library().post_ops_create(&operations), "describe a sum");
    const dnnl_status_t appended = Library().post_ops_append_sum(operations, 1.0f);
    const dnnl_status_t set = Library().primitive_attr_set_post_ops(attributes, operations);
    Library().post_ops_destroy(operations);
    Check(appended, "describe a sum");
    Check(set, "describe a sum");
  }

  dnnl_memory_desc_t input_;
  dnnl_memory_desc_t output_;
  dnnl_memory_desc_t bias_;
  dnnl_memory_desc_t weights_;
  dnnl_memory_desc_t scratch_;
  std::size_t scratch_bytes_ = 0;
  dnnl_primitive_t primitive_ = nullptr;
};

// The products compiled so far, for all matrices of this process.
const Product& FindProduct(ProductKey key, const dnnl_memory_desc_t* weights) {
  static std::shared_mutex mutex;
  static std::map<ProductKey, std::unique_ptr<Product>> products;
  {
    const std::shared_lock lock(mutex);
    const auto found = products.find(key);
    if (found != products.end()) return *found->second;
  }
  const std::unique_lock lock(mutex);
  // Another thread may have been faster; a product that fails must leave no empty entry.
  const auto found = products.find(key);
  if (found != products.end()) return *found->second;
  return *products.emplace(key, std::make_unique<Product>(key, weights)).first->second;
}

// The number of rows for which a matrix is packed; others run on the same layout.
constexpr std::size_t kPackedForRows = 128;

struct PackedMatrix {
  ProductKey key;  // but for the rows and threads of a product
  dnnl_memory_desc_t description;
  std::shared_ptr<void> weights;
  std::vector<float> bias;

  PackedMatrix(const ProductKey& shape, const void* plain, std::span<const float> bias_values)
      : key(shape), bias(bias_values.begin(), bias_values.end()) {
    const OneDnn& library = Library();
    key.packing_thread_count = omp_get_max_threads();
    ProductKey packing = key;
    packing.row_count = kPackedForRows;
    packing.thread_count = key.packing_thread_count;
    description = FindProduct(packing, nullptr).weights();
    weights = AllocateWeights(library.memory_desc_get_size(&description));
    const dnnl_memory_desc_t source =
        Description({key.outputs, key.inputs}, key.is_float ? dnnl_f32 : dnnl_s8, dnnl_ab);
    dnnl_primitive_desc_t reordering = nullptr;
    Check(library.reorder_primitive_desc_create(&reordering, &source, library.engine, &description,
                                                library.engine, nullptr),
          "pack a matrix");
    const std::unique_ptr<dnnl_primitive_desc, decltype(library.primitive_desc_destroy)> owner(
        reordering, library.primitive_desc_destroy);
    dnnl_primitive_t reorder = nullptr;
    Check(library.primitive_create(&reorder, reordering), "pack a matrix");
    const std::unique_ptr<dnnl_primitive, decltype(library.primitive_destroy)> guard(
        reorder, library.primitive_destroy);
    const Memory from(source, plain), to(description, weights.get());
    const std::array<dnnl_exec_arg_t, 2> arguments = {
        {{DNNL_ARG_FROM, from.get()}, {DNNL_ARG_TO, to.get()}}};
    ThreadStream().Execute(reorder, arguments);
  }

  void Run(const void* input, std::size_t row_count, void* output, bool adds) const {
    ProductKey wanted = key;
    wanted.adds = adds;
    wanted.row_count = ComputedRows(row_count);
    wanted.thread_count = omp_get_max_threads();
    FindProduct(wanted, &description)
        .Run(input, weights.get(), bias.empty() ? nullptr : bias.data(), output);
  }
};

}  // namespace

std::size_t ComputedRows(std::size_t row_count) {
  return row_count <= 128 ? RoundUp(row_count, 8) : RoundUp(row_count, 32);
}

bool HasExactInt8Products() {
  const dnnl_cpu_isa_t isa = Library().get_effective_cpu_isa();
  return (isa & dnnl_cpu_isa_avx512_core_vnni) == dnnl_cpu_isa_avx512_core_vnni ||
         isa == dnnl_cpu_isa_avx2_vnni;
}

struct FloatMatrix::Packed : PackedMatrix {
  using PackedMatrix::PackedMatrix;
};

FloatMatrix::FloatMatrix(std::span<const float> weights, std::size_t inputs,
                         std::span<const float> bias)
    : packed_(std::make_unique<Packed>(ProductKey{.is_float = true,
                                                  .has_bias = !bias.empty(),
                                                  .inputs = inputs,
                                                  .outputs = weights.size() / inputs},
                                       weights.data(), bias)) {}
FloatMatrix::~FloatMatrix() = default;
FloatMatrix::FloatMatrix(FloatMatrix&&) noexcept = default;
FloatMatrix& FloatMatrix::operator=(FloatMatrix&&) noexcept = default;

void FloatMatrix::Multiply(const float* input, std::size_t row_count, float* output) const {
  packed_->Run(input, row_count, output, false);
}

void FloatMatrix::MultiplyAdd(const float* input, std::size_t row_count, float* output) const {
  packed_->Run(input, row_count, output, true);
}

struct Int8Matrix::Packed : PackedMatrix {
  using PackedMatrix::PackedMatrix;
};

Int8Matrix::Int8Matrix(std::span<const std::int8_t> weights, std::size_t inputs)
    : packed_(std::make_unique<Packed>(
          ProductKey{.is_float = false, .inputs = inputs, .outputs = weights.size() / inputs},
          weights.data(), std::span<const float>())) {}
Int8Matrix::~Int8Matrix() = default;
Int8Matrix::Int8Matrix(Int8Matrix&&) noexcept = default;
Int8Matrix& Int8Matrix::operator=(Int8Matrix&&) noexcept = default;

void Int8Matrix::Multiply(const std::uint8_t* input, std::size_t row_count,
                          std::int32_t* output) const {
  packed_->Run(input, row_count, output, false);
}

}  // namespace wordkin::contextual
