// Bilinear sampling of a picture on a turned, scaled and moved grid.
#include "kernels.h"

#include <math.h>

void kernel_resample(
    const float *input, int rows, int columns, int channels, const float matrix[6],
    float *output) {
  const float middle_x = 0.5f * (columns - 1), middle_y = 0.5f * (rows - 1);
  for (int j = 0; j < rows; j++)
    for (int i = 0; i < columns; i++, output += channels) {
      const float u = i - middle_x, v = j - middle_y;
      const float x = matrix[0] * u + matrix[1] * v + matrix[2] + middle_x;
      const float y = matrix[3] * u + matrix[4] * v + matrix[5] + middle_y;
      const float left = floorf(x), top = floorf(y);
      const float fx = x - left, fy = y - top;
      for (int c = 0; c < channels; c++) output[c] = 0;
      // Also refuses a source so far outside that it would not fit an integer.
      if (!(left >= -1 && left < columns && top >= -1 && top < rows)) continue;
      const float weight[4] = {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy};
      for (int corner = 0; corner < 4; corner++) {
        const int px = (int)left + (corner & 1), py = (int)top + (corner >> 1);
        if (px < 0 || px >= columns || py < 0 || py >= rows) continue;
        const float *pixel = input + ((long)py * columns + px) * channels;
        for (int c = 0; c < channels; c++) output[c] += pixel[c] * weight[corner];
      }
    }
}
