// What activations make of vectors, and how sums are taken. Included once per instruction set.

INLINE float *NAMED(row_of)(kernel_pixels p, int image, int y) {
  return p.start + image * p.image + y * p.row;
}

// Sums are single within a row and double from row to row: over a whole image, the rounding of many equal
// values, as a background has, would add up.
typedef double NAMED(doubles) __attribute__((ext_vector_type(LANES)));
typedef double NAMED(double_sums) __attribute__((ext_vector_type(LANES), aligned(8), may_alias));
#define add_to(sums, v) \
  (*(NAMED(double_sums) *)(sums) += __builtin_convertvector(v, NAMED(doubles)))

// What an activation makes of the sum before it.
INLINE vec NAMED(activated)(const kernel_activation activation, vec sum) {
  switch (activation) {
    case KERNEL_IDENTITY: return sum;
    case KERNEL_RELU: return __builtin_elementwise_max(sum, splat(0));
    case KERNEL_RELU6:
      return __builtin_elementwise_min(__builtin_elementwise_max(sum, splat(0)), splat(6));
  }
}

// The gradient where the activation let the sum through, which its result tells as well as the sum itself.
INLINE vec NAMED(let_through)(const kernel_activation activation, vec gradient, vec result) {
  switch (activation) {
    case KERNEL_IDENTITY: return gradient;
    case KERNEL_RELU: return result > 0 ? gradient : splat(0);
    case KERNEL_RELU6: return (result > 0 & result < 6) ? gradient : splat(0);
  }
}
