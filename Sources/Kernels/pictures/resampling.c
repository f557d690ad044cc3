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

static inline __attribute__((always_inline)) void resample(
    const float *input, int rows, int columns, const int channels, const float matrix[6],
    float *output) {
  const float middle_x = 0.5f * (columns - 1), middle_y = 0.5f * (rows - 1);
  const long row = (long)columns * channels;
  for (int j = 0; j < rows; j++)
    for (int i = 0; i < columns; i++, output += channels) {
      const float u = i - middle_x, v = j - middle_y;
      const float x = matrix[0] * u + matrix[1] * v + matrix[2] + middle_x;
      const float y = matrix[3] * u + matrix[4] * v + matrix[5] + middle_y;
      for (int c = 0; c < channels; c++) output[c] = 0;
      if (!(x >= -1 && x < columns && y >= -1 && y < rows)) continue;
      const int left = floored(x), top = floored(y);
      const float fx = x - left, fy = y - top;
      const float weight[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
      const long first = top * row + (long)left * channels;
      const bool inside = left >= 0 && left + 1 < columns && top >= 0 && top + 1 < rows;
      for (int c = 0; c < channels; c++) {
        float sum = 0;
        for (int corner = 0; corner < 4; corner++) {
          const int across = corner & 1, down = corner >> 1;
          const int px = left + across, py = top + down;
          if (inside || (px >= 0 && px < columns && py >= 0 && py < rows))
            sum += input[first + down * row + across * channels + c] * weight[corner];
        }
        output[c] = sum;
      }
    }
}

void kernel_resample(
    const float *input, int rows, int columns, int channels, const float matrix[6],
    float *output) {
  // One grey channel is what most pictures have; the compiler unrolls for it.
  if (channels == 1) resample(input, rows, columns, 1, matrix, output);
  else resample(input, rows, columns, channels, matrix, output);
}
