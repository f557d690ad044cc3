// Exchanges rows and columns, four by four: each block is read and written in whole vectors.
#include "kernels.h"

typedef float four __attribute__((ext_vector_type(4)));
typedef float unaligned __attribute__((ext_vector_type(4), aligned(4), may_alias));

void kernel_transpose(const float *from, int rows, int columns, float *to) {
  for (int c = 0; c < columns; c += 4)
    for (int r = 0; r < rows; r += 4) {
      four in[4];
      for (int i = 0; i < 4; i++) in[i] = *(const unaligned *)(from + (long)(r + i) * columns + c);
      const four a = __builtin_shufflevector(in[0], in[1], 0, 4, 1, 5);
      const four b = __builtin_shufflevector(in[0], in[1], 2, 6, 3, 7);
      const four d = __builtin_shufflevector(in[2], in[3], 0, 4, 1, 5);
      const four e = __builtin_shufflevector(in[2], in[3], 2, 6, 3, 7);
      float *out = to + (long)c * rows + r;
      *(unaligned *)out = __builtin_shufflevector(a, d, 0, 1, 4, 5);
      *(unaligned *)(out + rows) = __builtin_shufflevector(a, d, 2, 3, 6, 7);
      *(unaligned *)(out + 2L * rows) = __builtin_shufflevector(b, e, 0, 1, 4, 5);
      *(unaligned *)(out + 3L * rows) = __builtin_shufflevector(b, e, 2, 3, 6, 7);
    }
}
