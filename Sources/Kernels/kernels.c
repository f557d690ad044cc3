// The instruction sets: includes the loops once for each and calls those that this processor runs best.
#include "kernels.h"

#include <string.h>

// Vectors are passed between inlined functions only, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma STDC FP_CONTRACT ON

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("unroll")
#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAMED(name) JOIN(name, SET)
#define QUOTED_(text) #text
#define QUOTED(text) QUOTED_(text)

// Each loop that there is a copy of for every instruction set: its name, parameters and arguments.
#define LOOPS(LOOP)                                                                                \
  LOOP(sum_windows, (const kernel_window_sums *sums), (sums))                                      \
  LOOP(pack, (const float *weights, int depth, int channels, int columns, float *panels),          \
       (weights, depth, channels, columns, panels))                                                \
  LOOP(pack_transposed,                                                                            \
       (const float *weights, int depth, int channels, int columns, float *panels),                \
       (weights, depth, channels, columns, panels))                                                \
  LOOP(sum_outer_products, (const kernel_outer_sums *sums), (sums))                                \
  LOOP(convolve_depthwise,                                                                         \
       (const kernel_depthwise *convolution, const kernel_ending *ending, double *moments),        \
       (convolution, ending, moments))                                                             \
  LOOP(depthwise_back, (const kernel_depthwise *convolution, bool accumulates),                    \
       (convolution, accumulates))                                                                 \
  LOOP(depthwise_weight_gradient, (const kernel_depthwise *convolution), (convolution))            \
  LOOP(winograd_pack,                                                                              \
       (int tile, const float *weights, int input_channels, int channels, float *panels),          \
       (tile, weights, input_channels, channels, panels))                                          \
  LOOP(winograd_convolve, (const kernel_winograd *convolution), (convolution))                     \
  LOOP(winograd_weight_gradient, (const kernel_winograd_gradient *gradient), (gradient))           \
  LOOP(channel_moments, (kernel_pixels values, kernel_grid grid, double *sums),                    \
       (values, grid, sums))                                                                       \
  LOOP(apply_affine, (const kernel_affine *affine), (affine))                                      \
  LOOP(mask_gradient, (const kernel_masking *masking, double *sums), (masking, sums))              \
  LOOP(apply_normal_gradient, (const kernel_normal_gradient *gradient), (gradient))                \
  LOOP(adam_step,                                                                                  \
       (const kernel_adam *step, long count, float *parameter, const float *gradient,              \
        float *first, float *second),                                                              \
       (step, count, parameter, gradient, first, second))                                          \
  LOOP(momentum_step,                                                                              \
       (const kernel_momentum *step, long count, float *parameter, const float *gradient,          \
        float *velocity),                                                                          \
       (step, count, parameter, gradient, velocity))                                               \
  LOOP(exponentials, (const float *input, float shift, int count, float *output),                  \
       (input, shift, count, output))

typedef struct {
  const char *name;
#define MEMBER(loop, parameters, arguments) void(*loop) parameters;
  LOOPS(MEMBER)
} instruction_set;

#if defined(__x86_64__)

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define SET avx512
#define LANES 16
#define WIDE_TILES 1
#include "loops.inc.h"
#undef SET
#undef LANES
#undef WIDE_TILES
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET avx2
#define LANES 8
#define WIDE_TILES 0
#include "loops.inc.h"
#undef SET
#undef LANES
#undef WIDE_TILES
#pragma clang attribute pop

#endif

#define SET baseline
#define LANES 4
// ARM64 has 32 registers, as AVX-512 has.
#if defined(__aarch64__)
#define WIDE_TILES 1
#else
#define WIDE_TILES 0
#endif
#include "loops.inc.h"

static const instruction_set *supported(const char *name) {
#if defined(__x86_64__)
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx512 && (!name || !strcmp(name, "avx512"))) return &set_avx512;
  if (avx2 && (!name || !strcmp(name, "avx2"))) return &set_avx2;
#endif
  return !name || !strcmp(name, "baseline") ? &set_baseline : 0;
}

// Of each thread its own: a choice in the middle of another thread's training would mix panels of two widths.
static _Thread_local const instruction_set *chosen;

static const instruction_set *best(void) {
  if (!chosen) chosen = supported(0);
  return chosen;
}

const char *kernel_name(void) { return best()->name; }

bool kernel_choose(const char *name) {
  const instruction_set *set = supported(name);
  if (set) chosen = set;
  return set != 0;
}

#define CALL(loop, parameters, arguments) \
  void kernel_##loop parameters { best()->loop arguments; }
LOOPS(CALL)
