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
    const kernel_picture *picture, int channels, int shorter, int side, uint8_t *output) {
  const int rows = picture->rows, columns = picture->columns;
  const long width = (long)columns * channels;
  const double scale = (double)(rows < columns ? rows : columns) / shorter;
  const double top = (rows / scale - side) / 2, left = (columns / scale - side) / 2;
  float *source = malloc(sizeof(float) * (size_t)(rows * width));
  float *narrow = malloc(sizeof(float) * (size_t)((long)rows * side * channels));
  float *result = malloc(sizeof(float) * (size_t)((long)side * side * channels));
  const bool has_room = source && narrow && result;
  if (has_room) {
    for (long i = 0; i < rows * width; i++) source[i] = picture->pixels[i];
    const long line = (long)side * channels;
    filter(source, columns, narrow, side, left, scale, rows, channels, channels, width, line, channels);
    filter(narrow, rows, result, side, top, scale, side, line, line, channels, channels, channels);
    for (long i = 0; i < (long)side * line; i++) output[i] = (uint8_t)lrintf(result[i]);
  }
  free(source);
  free(narrow);
  free(result);
  return has_room;
}
