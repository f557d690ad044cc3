// Runs the loops of EfficientNet-Lite0 on numbers of a rule and prints a sum of the bits of each result: one line a case,
// to be compared between processors. Started by check.sh.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

enum { IMAGES = 2, CHANNELS = 32 };

static float *numbers(long count, uint64_t seed) {
  float *made = aligned_alloc(64, (count * 4 + 63) / 64 * 64);
  for (long i = 0; i < count; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    made[i] = (float)(seed >> 40) / (1 << 23) - 1;
  }
  return made;
}

static void report(const char *name, int side, int kernel, int stride, const void *bytes, long count) {
  uint64_t sum = 14695981039346656037u;
  for (long i = 0; i < count; i++) sum = (sum ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
  printf("%s side %d kernel %d stride %d: %016llx\n", name, side, kernel, stride, (unsigned long long)sum);
}

static kernel_pixels pixels(float *start, int side) {
  return (kernel_pixels){start, (long)side * side * CHANNELS, (long)side * CHANNELS, CHANNELS};
}

static void depthwise(int side, int kernel, int stride) {
  const int out = (side + stride - 1) / stride, zeros = (out - 1) * stride + kernel - side;
  const int before = zeros > 0 ? zeros / 2 : 0;
  const long ins = (long)IMAGES * side * side * CHANNELS, outs = (long)IMAGES * out * out * CHANNELS;
  const long taps = (long)kernel * kernel * CHANNELS;
  float *input = numbers(ins, 1), *weights = numbers(taps, 2), *gradient = numbers(outs, 3);
  float *line = numbers(2 * CHANNELS, 4), *output = numbers(outs, 5), *back = numbers(ins, 6);
  float *sums = numbers(taps, 7);
  float *room = numbers((kernel + 1) * (side + 2 * kernel + stride) * KERNEL_CHANNELS, 8);
  double moments[2 * CHANNELS];
  kernel_depthwise d = {
      pixels(input, side), pixels(output, out), {line, line + CHANNELS, KERNEL_RELU6}, weights, IMAGES,
      side, side, CHANNELS, out, out, kernel, stride, before, before, room};
  kernel_convolve_depthwise(&d, 0, moments);
  report("forward", side, kernel, stride, output, outs * 4);
  report("moments", side, kernel, stride, moments, sizeof moments);
  kernel_ending ending = {line, {0}, KERNEL_RELU6};
  kernel_convolve_depthwise(&d, &ending, 0);
  report("folded", side, kernel, stride, output, outs * 4);
  d.output = pixels(gradient, out);
  d.weights = sums;
  kernel_depthwise_weight_gradient(&d);
  report("weights", side, kernel, stride, sums, taps * 4);
  d.input = pixels(back, side);
  d.weights = weights;
  kernel_depthwise_back(&d, true);
  report("back", side, kernel, stride, back, ins * 4);
  free(input), free(weights), free(gradient), free(line), free(output), free(back), free(sums), free(room);
}

// A 1 × 1 convolution whose sums end in a shift, what is added and ReLU6.
static void pointwise(int count) {
  enum { DEPTH = 24 };
  float *input = numbers(count * DEPTH, 1), *weights = numbers(DEPTH * CHANNELS, 2);
  float *panels = numbers(DEPTH * CHANNELS, 3), *shift = numbers(CHANNELS, 4);
  float *added = numbers(count * CHANNELS, 5), *output = numbers(count * CHANNELS, 6);
  kernel_ending ending = {shift, {added, 0, 0, CHANNELS}, KERNEL_RELU6};
  const long offset = 0;
  kernel_pack(weights, DEPTH, CHANNELS, 224, panels);
  kernel_window_sums sums = {
      .input = {input, 0, 0, DEPTH}, .tap_offset = &offset, .taps = 1, .tap_length = DEPTH,
      .panels = panels, .panel_columns = 224, .output = {output, 0, 0, CHANNELS}, .images = 1, .rows = 1,
      .columns = count, .channels = CHANNELS, .ending = &ending};
  kernel_sum_windows(&sums);
  report("product", count, 1, 1, output, count * CHANNELS * 4L);
  free(input), free(weights), free(panels), free(shift), free(added), free(output);
}

int main(int count, char **arguments) {
  if (count > 1 && !kernel_choose(arguments[1])) return 2;
  for (int side = 1; side <= 9; side++)
    for (int kernel = 3; kernel <= 5; kernel += 2)
      for (int stride = 1; stride <= 2; stride++) depthwise(side, kernel, stride);
  for (int rows = 1; rows <= 40; rows += 13) pointwise(rows);
  return 0;
}
