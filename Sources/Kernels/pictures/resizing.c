// Resizing of pictures by a triangle filter that widens where the picture shrinks, so that nothing is skipped.
#include "kernels.h"

#include <math.h>
#include <stdlib.h>

// One axis: the target pixel i is a weighted mean of sources around (i + 1/2) · scale.
static void filter(
    const float *from, int from_count, float *to, int to_count, double offset, double scale,
    int lines, long from_step, long to_step, long from_line, long to_line, int channels) {
  const double support = scale > 1 ? scale : 1;
  for (int i = 0; i < to_count; i++) {
    const double middle = (i + offset + 0.5) * scale;
    int first = (int)floor(middle - support), last = (int)ceil(middle + support);
    if (first < 0) first = 0;
    if (last > from_count) last = from_count;
    for (int line = 0; line < lines; line++)
      for (int c = 0; c < channels; c++) {
        double sum = 0, total = 0;
        for (int j = first; j < last; j++) {
          const double weight = 1 - fabs(j + 0.5 - middle) / support;
          if (weight <= 0) continue;
          sum += weight * (double)from[j * from_step + line * from_line + c];
          total += weight;
        }
        to[i * to_step + line * to_line + c] = (float)(sum / total);
      }
  }
}

bool kernel_resize_and_crop(
    const uint8_t *pixels, int rows, int columns, int channels, int shorter, int side, uint8_t *output) {
  const long width = (long)columns * channels, line = (long)side * channels;
  const double scale = (double)(rows < columns ? rows : columns) / shorter;
  const double top = (rows / scale - side) / 2, left = (columns / scale - side) / 2;
  // One row at a time: the floats of a whole picture would take four times the memory of its bytes.
  float *row = malloc(sizeof(float) * (size_t)width);
  float *narrow = malloc(sizeof(float) * (size_t)(rows * line));
  float *result = malloc(sizeof(float) * (size_t)(side * line));
  const bool has_room = row && narrow && result;
  if (has_room) {
    for (long y = 0; y < rows; y++) {
      for (long i = 0; i < width; i++) row[i] = pixels[y * width + i];
      filter(row, columns, narrow + y * line, side, left, scale, 1, channels, channels, 0, 0, channels);
    }
    filter(narrow, rows, result, side, top, scale, side, line, line, channels, channels, channels);
    for (long i = 0; i < side * line; i++) output[i] = (uint8_t)lrintf(result[i]);
  }
  free(row);
  free(narrow);
  free(result);
  return has_room;
}
