// Every kernel on shapes of all kinds, in memory that is exactly as large as its header asks for.
//
//   kernels [avx512 | avx2 | baseline]
//
// Prints a digest of the bits of each result, so that two processors can be compared. What the results should be
// is tested elsewhere; here the sanitizers look on.
#include "kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 1;

// Numbers of both signs with a few bits only, so that sums of a few of them are exact in any order.
static float next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (float)((int)(state >> 59) - 16) / 8;
}

static float *numbers(long count) {
  float *made = malloc((size_t)count * sizeof *made);
  for (long i = 0; i < count; i++) made[i] = next();
  return made;
}

static void tell(const char *what, const void *bytes, size_t size) {
  uint64_t digest = 0xCBF29CE484222325u;
  for (size_t i = 0; i < size; i++) digest = (digest ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3u;
  printf("%-40s %016llx\n", what, (unsigned long long)digest);
}

static char name[128];
#define TELL(pointer, count, ...) \
  do { snprintf(name, sizeof name, __VA_ARGS__); tell(name, pointer, (size_t)(count) * sizeof *(pointer)); } while (0)

static void products(int rows, int depth, int columns) {
  float *left = numbers((long)rows * depth), *right = numbers((long)depth * columns);
  float *panels = numbers((long)depth * columns), *product = numbers((long)rows * columns);
  const long offset = 0;
  kernel_pack(right, depth, columns, rows, panels);
  for (int adds = 0; adds < 2; adds++) {
    kernel_window_sums sums = {{left, 0, 0, depth}, &offset, 1, depth, panels, rows,
                               {product, 0, 0, columns}, 1, 1, rows, columns, adds, false, false};
    kernel_sum_windows(&sums);
  }
  TELL(product, rows * columns, "product %d x %d x %d", rows, depth, columns);
  if (depth % 4 == 0) {
    float *turned = numbers((long)depth * columns);
    kernel_transpose(right, depth, columns, turned);
    kernel_pack_transposed(turned, depth, columns, rows, panels);
    // What is packed lies otherwise for each instruction set; the product of it does not.
    kernel_window_sums sums = {{left, 0, 0, depth}, &offset, 1, depth, panels, rows,
                               {product, 0, 0, columns}, 1, 1, rows, columns, false, false, false};
    kernel_sum_windows(&sums);
    TELL(product, rows * columns, "turned %d x %d", depth, columns);
    free(turned);
  }
  float *gradient = numbers((long)depth * columns);
  kernel_outer_sums outer = {{left, 0, 0, depth}, depth, {product, 0, 0, columns}, columns, 1, 1, rows, gradient};
  if (depth % KERNEL_CHANNELS == 0) {
    kernel_sum_outer_products(&outer);
    TELL(gradient, depth * columns, "outer %d x %d x %d", rows, depth, columns);
  }
  free(left), free(right), free(panels), free(product), free(gradient);
}

static void convolutions(int images, int rows, int columns, int inputs, int outputs, int tile) {
  // Pictures in a border of zeros, and behind the last the window of its last tile.
  const long width = (columns + tile - 1) / tile * tile + 2, height = (rows + tile - 1) / tile * tile + 2;
  float *pictures = numbers(images * height * width * inputs), *weights = numbers(9L * inputs * outputs);
  const int places = (tile + 2) * (tile + 2);
  const long tiles = (long)((rows - 1) / tile + 1) * ((columns - 1) / tile + 1);
  long room_count = places * tiles * (inputs + outputs);
  if (room_count < KERNEL_WINOGRAD_ROOM) room_count = KERNEL_WINOGRAD_ROOM;
  float *room = numbers(room_count + 2L * places * KERNEL_WINOGRAD_GAP);
  float *panels = numbers((long)places * inputs * outputs);
  float *output = numbers((long)images * rows * columns * outputs);
  kernel_winograd_pack(tile, weights, inputs, outputs, panels);
  const kernel_pixels source = {pictures, height * width * inputs, width * inputs, inputs};
  const kernel_pixels target = {output, (long)rows * columns * outputs, (long)columns * outputs, outputs};
  kernel_winograd convolution = {tile, source, inputs, panels, target, images, rows, columns, outputs, false, room};
  kernel_winograd_convolve(&convolution);
  TELL(output, images * rows * columns * outputs, "winograd %d: %d x %d x %d to %d", tile, rows, columns, inputs, outputs);
  kernel_winograd_gradient gradient = {tile, source, inputs, target, images, rows, columns, outputs, weights, room, panels};
  kernel_winograd_weight_gradient(&gradient);
  TELL(weights, 9 * inputs * outputs, "winograd gradient %d, %d", tile, rows);
  free(pictures), free(weights), free(room), free(panels), free(output);
}

static void definitions(int rows, int kernel, int stride, int groups) {
  const int channels = 4, outputs = 8, images = 2, side = (rows + stride - 1) / stride;
  float *input = numbers((long)images * rows * rows * channels), *output = numbers((long)images * side * side * outputs);
  float *weights = numbers((long)kernel * kernel * channels / groups * outputs);
  kernel_convolution c = {{input, (long)rows * rows * channels, (long)rows * channels, channels},
                          {output, (long)side * side * outputs, (long)side * outputs, outputs},
                          weights, outputs, images, rows, rows, channels, side, side, outputs, kernel, stride,
                          kernel / 2, kernel / 2, groups};
  kernel_convolve(&c);
  kernel_convolve_weight_gradient(&c);
  kernel_convolve_back(&c, true);
  TELL(output, images * side * side * outputs, "definition %d, kernel %d, stride %d, groups %d", rows, kernel, stride, groups);
  TELL(input, images * rows * rows * channels, "its gradient, %d", rows);
  free(input), free(output), free(weights);
}

static void layers(int images, int rows, int columns, int channels) {
  const long count = (long)images * rows * columns * channels;
  const kernel_grid grid = {images, rows, columns, channels};
  float *a = numbers(count), *b = numbers(count), *c = numbers(count), *factors = numbers(3L * channels);
  double *sums = calloc((size_t)(2 * channels), sizeof *sums);
#define PIXELS(start) ((kernel_pixels){start, (long)rows * columns * channels, (long)columns * channels, channels})
  kernel_channel_moments(PIXELS(a), grid, sums);
  TELL(sums, 2 * channels, "moments %d x %d x %d", rows, columns, channels);
  kernel_affine affine = {PIXELS(a), factors, factors + channels, PIXELS(b), PIXELS(c), grid, KERNEL_RELU};
  kernel_apply_affine(&affine);
  TELL(c, count, "affine");
  kernel_masking masking = {PIXELS(b), {KERNEL_RELU, PIXELS(c), 0, 0}, PIXELS(a), PIXELS(b), grid};
  memset(sums, 0, (size_t)(2 * channels) * sizeof *sums);
  kernel_mask_gradient(&masking, sums);
  TELL(sums, 2 * channels, "mask");
  kernel_normal_gradient normal = {PIXELS(b), PIXELS(a), PIXELS(c), {KERNEL_RELU, PIXELS(c), factors, factors}, factors, grid};
  kernel_apply_normal_gradient(&normal);
  TELL(c, count, "normal gradient");
  float *pooled = numbers((long)images * 4 * channels);
  kernel_pool(PIXELS(a), images, rows, columns, channels, 2, pooled);
  kernel_pool_gradient(pooled, images, rows, columns, channels, 2, PIXELS(b));
  TELL(b, count, "pooling");
  free(a), free(b), free(c), free(factors), free(sums), free(pooled);
}

static void steps(long count) {
  float *p = numbers(count), *g = numbers(count), *m = numbers(count), *v = numbers(count);
  for (long i = 0; i < count; i++) v[i] = fabsf(v[i]);
  const kernel_adam adam = {0.9f, 0.999f, 1e-8f, 0.001f, 1.5f, 0.99f, 0.01f};
  kernel_adam_step(&adam, count, p, g, m, v);
  for (int ahead = 0; ahead < 2; ahead++) {
    const kernel_momentum momentum = {0.9f, 0.1f, 0.99f, 0.01f, ahead};
    kernel_momentum_step(&momentum, count, p, g, m);
  }
  kernel_exponentials(g, 2, (int)count, m);
  TELL(p, count, "steps %ld", count);
  TELL(m, count, "exponentials %ld", count);
  free(p), free(g), free(m), free(v);
}

static void pictures(int rows, int columns, int channels) {
  float *from = numbers((long)rows * columns * channels), *to = numbers((long)rows * columns * channels);
  const float matrices[3][6] = {{1, 0, 0.5f, 0, 1, -0.25f}, {0.7f, -0.7f, 0, 0.7f, 0.7f, 0}, {1e30f, 0, 0, 0, 1e30f, INFINITY}};
  for (int i = 0; i < 3; i++)
    for (kernel_border border = KERNEL_BLACK; border <= KERNEL_MIRROR; border++) {
      kernel_resample(from, rows, columns, channels, matrices[i], border, to);
      TELL(to, rows * columns * channels, "resampled %d x %d", rows, columns);
    }
  kernel_enlarge(from, rows, columns, channels, rows / 3, columns / 4, (rows + 1) / 2, (columns + 1) / 2, to);
  TELL(to, rows * columns * channels, "enlarged %d x %d", rows, columns);
  uint8_t *pixels = malloc((size_t)(rows * columns * 3)), square[8 * 8 * 3];
  for (int i = 0; i < rows * columns * 3; i++) pixels[i] = (uint8_t)(i * 7);
  if (kernel_resize_and_crop(pixels, rows, columns, 3, 9, 8, square)) TELL(square, 192, "square of %d x %d", rows, columns);
  printf("%016llx\n", (unsigned long long)kernel_checksum(pixels, rows * columns * 3));
  free(from), free(to), free(pixels);
}

int main(int count, char **words) {
  if (count > 1 && !kernel_choose(words[1])) return 2;
  for (int rows = 1; rows < 33; rows += 1 + rows / 4)
    for (int depth = 1; depth < 70; depth = depth * 2 + 2)
      for (int columns = 16; columns <= 112; columns += 32) products(rows, depth, columns);
  for (int rows = 16; rows < 40; rows += 7) products(rows, 48, 64);
  for (int tile = 3; tile <= 4; tile++)
    for (int side = tile; side <= 14; side++) convolutions(3, side, side == 5 ? 7 : side, 32, 48, tile);
  for (int kernel = 1; kernel <= 5; kernel += 2)
    for (int stride = 1; stride <= 2; stride++)
      for (int groups = 1; groups <= 4; groups *= 2) definitions(7, kernel, stride, groups);
  for (int columns = 2; columns < 9; columns += 3) layers(2, columns + 1, columns, 32), layers(1, 2, columns, 16);
  // Parameters fill whole vectors.
  for (long length = KERNEL_CHANNELS; length < 100; length += KERNEL_CHANNELS) steps(length);
  pictures(1, 1, 1), pictures(28, 28, 1), pictures(5, 31, 3);
  return 0;
}
