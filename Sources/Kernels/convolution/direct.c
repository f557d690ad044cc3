// Convolutions by their definition, one product after the other, for the shapes that no faster loop is written for.
#include "kernels.h"

// Never fused: the compiler's baseline fuses on ARM64 and cannot on x86, and both give the same bits.
#pragma STDC FP_CONTRACT OFF

typedef enum { OUTPUT, INPUT_GRADIENT, WEIGHT_GRADIENT } sum;

// All products of one tap: input channels of each group times its output channels.
static inline void add_tap(
    const kernel_convolution *c, sum wanted, float *input, float *weights, float *output) {
  const int inputs = c->channels / c->groups, outputs = c->output_channels / c->groups;
  for (int g = 0; g < c->groups; g++, input += inputs, output += outputs, weights += outputs)
    for (int i = 0; i < inputs; i++) {
      float *row = weights + (long)i * c->weight_channels;
      for (int o = 0; o < outputs; o++) switch (wanted) {
          case OUTPUT: output[o] += input[i] * row[o]; break;
          case INPUT_GRADIENT: input[i] += output[o] * row[o]; break;
          case WEIGHT_GRADIENT: row[o] += input[i] * output[o]; break;
        }
    }
}

static inline void convolve(const kernel_convolution *c, sum wanted) {
  const long tap = (long)c->channels / c->groups * c->weight_channels;
  for (int n = 0; n < c->images; n++)
    for (int y = 0; y < c->output_rows; y++)
      for (int x = 0; x < c->output_columns; x++) {
        float *output = c->output.start + n * c->output.image + y * c->output.row + x * c->output.pixel;
        for (int ky = 0; ky < c->kernel; ky++) {
          const int row = y * c->stride + ky - c->top;
          if (row < 0 || row >= c->rows) continue;
          for (int kx = 0; kx < c->kernel; kx++) {
            const int column = x * c->stride + kx - c->left;
            if (column < 0 || column >= c->columns) continue;
            float *input = c->input.start + n * c->input.image + row * c->input.row
                + column * c->input.pixel;
            add_tap(c, wanted, input, c->weights + (ky * c->kernel + kx) * tap, output);
          }
        }
      }
}

static void clear(kernel_pixels pixels, int images, int rows, int columns, int channels) {
  for (int n = 0; n < images; n++)
    for (int y = 0; y < rows; y++)
      for (int x = 0; x < columns; x++)
        for (int i = 0; i < channels; i++)
          pixels.start[n * pixels.image + y * pixels.row + x * pixels.pixel + i] = 0;
}

void kernel_convolve(const kernel_convolution *c) {
  clear(c->output, c->images, c->output_rows, c->output_columns, c->output_channels);
  convolve(c, OUTPUT);
}

void kernel_convolve_back(const kernel_convolution *c, bool accumulates) {
  if (!accumulates) clear(c->input, c->images, c->rows, c->columns, c->channels);
  convolve(c, INPUT_GRADIENT);
}

void kernel_convolve_weight_gradient(const kernel_convolution *c) { convolve(c, WEIGHT_GRADIENT); }
