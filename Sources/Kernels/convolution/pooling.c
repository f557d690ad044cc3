// Adaptive average pooling: a few adds per pixel, so the compiler's baseline is fast enough.
#include "kernels.h"

// Never fused: the compiler's baseline fuses on ARM64 and cannot on x86, and both give the same bits.
#pragma STDC FP_CONTRACT OFF

static int window_start(int i, int length, int cells) { return i * length / cells; }
static int window_end(int i, int length, int cells) { return ((i + 1) * length + cells - 1) / cells; }

void kernel_pool(
    kernel_pixels input, int images, int rows, int columns, int channels, int cells,
    float *output) {
  for (int n = 0; n < images; n++)
    for (int i = 0; i < cells; i++)
      for (int j = 0; j < cells; j++, output += channels) {
        const int top = window_start(i, rows, cells), bottom = window_end(i, rows, cells);
        const int left = window_start(j, columns, cells), right = window_end(j, columns, cells);
        for (int c = 0; c < channels; c++) output[c] = 0;
        for (int y = top; y < bottom; y++)
          for (int x = left; x < right; x++) {
            const float *pixel = input.start + n * input.image + y * input.row + x * input.pixel;
            for (int c = 0; c < channels; c++) output[c] += pixel[c];
          }
        const float share = 1.0f / ((bottom - top) * (right - left));
        for (int c = 0; c < channels; c++) output[c] *= share;
      }
}

void kernel_pool_gradient(
    const float *output_gradient, int images, int rows, int columns, int channels, int cells,
    kernel_pixels input_gradient) {
  for (int n = 0; n < images; n++) {
    float *image = input_gradient.start + n * input_gradient.image;
    for (int y = 0; y < rows; y++)
      for (int x = 0; x < columns; x++)
        for (int c = 0; c < channels; c++)
          image[y * input_gradient.row + x * input_gradient.pixel + c] = 0;
    for (int i = 0; i < cells; i++)
      for (int j = 0; j < cells; j++, output_gradient += channels) {
        const int top = window_start(i, rows, cells), bottom = window_end(i, rows, cells);
        const int left = window_start(j, columns, cells), right = window_end(j, columns, cells);
        const float share = 1.0f / ((bottom - top) * (right - left));
        for (int y = top; y < bottom; y++)
          for (int x = left; x < right; x++) {
            float *pixel = image + y * input_gradient.row + x * input_gradient.pixel;
            for (int c = 0; c < channels; c++) pixel[c] += output_gradient[c] * share;
          }
      }
  }
}
