// Bilinear sampling of a picture on a turned, scaled and moved grid.
#include "kernels.h"

// Never fused: the compiler's baseline fuses on ARM64 and cannot on x86, and both give the same bits.
#pragma STDC FP_CONTRACT OFF

// Without the C library's floorf, a call where the baseline has no instruction for it. x is far from the ends
// of an int.
static int floored(float x) {
  const int cut = (int)x;
  return cut - (x < (float)cut);
}

// Where a place outside 0 to last is looked for inside; also for what the mirror's arithmetic is too coarse for.
static float inside(float x, float last, kernel_border border) {
  if (border == KERNEL_MIRROR && last > 0) {
    const float period = 2 * last, turns = x / period;
    if (!(turns > -1e6f && turns < 1e6f)) return 0;
    x -= (float)floored(turns) * period;
    if (x > last) x = period - x;
  }
  return x < 0 ? 0 : x > last ? last : x;
}

static inline __attribute__((always_inline)) void resample(
    const float *input, int rows, int columns, const int channels, const float matrix[6],
    const kernel_border border, float *output) {
  const float middle_x = 0.5f * (columns - 1), middle_y = 0.5f * (rows - 1);
  const long row = (long)columns * channels;
  for (int j = 0; j < rows; j++)
    for (int i = 0; i < columns; i++, output += channels) {
      const float u = i - middle_x, v = j - middle_y;
      float x = matrix[0] * u + matrix[1] * v + matrix[2] + middle_x;
      float y = matrix[3] * u + matrix[4] * v + matrix[5] + middle_y;
      if (border != KERNEL_BLACK) {
        x = inside(x, (float)(columns - 1), border);
        y = inside(y, (float)(rows - 1), border);
      }
      for (int c = 0; c < channels; c++) output[c] = 0;
      if (!(x >= -1 && x < columns && y >= -1 && y < rows)) continue;
      const int left = floored(x), top = floored(y);
      const float fx = x - left, fy = y - top;
      const float weight[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
      const long first = top * row + (long)left * channels;
      const bool is_inside = left >= 0 && left + 1 < columns && top >= 0 && top + 1 < rows;
      for (int c = 0; c < channels; c++) {
        float sum = 0;
        for (int corner = 0; corner < 4; corner++) {
          const int across = corner & 1, down = corner >> 1;
          const int px = left + across, py = top + down;
          if (is_inside || (px >= 0 && px < columns && py >= 0 && py < rows))
            sum += input[first + down * row + across * channels + c] * weight[corner];
        }
        output[c] = sum;
      }
    }
}

void kernel_resample(
    const float *input, int rows, int columns, int channels, const float matrix[6],
    kernel_border border, float *output) {
  // One grey channel on black is what most pictures have; the compiler unrolls for it.
  if (channels == 1 && border == KERNEL_BLACK)
    resample(input, rows, columns, 1, matrix, KERNEL_BLACK, output);
  else resample(input, rows, columns, channels, matrix, border, output);
}

void kernel_enlarge(
    const float *input, int rows, int columns, int channels, int top, int left, int height,
    int width, float *output) {
  const long row = (long)columns * channels;
  for (int j = 0; j < rows; j++) {
    const float y = inside(((float)j + 0.5f) * height / rows - 0.5f, (float)(height - 1), KERNEL_EDGE);
    const int up = (int)y, down = up + 1 < height ? up + 1 : up;
    for (int i = 0; i < columns; i++) {
      const float x = inside(((float)i + 0.5f) * width / columns - 0.5f, (float)(width - 1), KERNEL_EDGE);
      const int near = (int)x, far = near + 1 < width ? near + 1 : near;
      for (int c = 0; c < channels; c++) {
        const float *above = input + (top + up) * row + c, *below = input + (top + down) * row + c;
        const long first = (long)(left + near) * channels, second = (long)(left + far) * channels;
        const float fx = x - (float)near, fy = y - (float)up;
        *output++ = (above[first] * (1 - fx) + above[second] * fx) * (1 - fy)
            + (below[first] * (1 - fx) + below[second] * fx) * fy;
      }
    }
  }
}
