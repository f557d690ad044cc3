// Per-channel scale and shift, activation, and their gradients. Included once per instruction set.

INLINE float *NAMED(row_of)(kernel_pixels p, int image, int y) {
  return p.start + image * p.image + y * p.row;
}

// Sums are single within a row and double from row to row: over a whole image, the rounding of many equal
// values, as a background has, would add up.
typedef double NAMED(doubles) __attribute__((ext_vector_type(LANES)));
#define widened(v) __builtin_convertvector(v, NAMED(doubles))

static void NAMED(channel_moments)(
    kernel_pixels values, int images, int rows, int columns, int channels, double *sums) {
  for (int i = 0; i < 2 * channels; i++) sums[i] = 0;
  for (int n = 0; n < images; n++)
    for (int c = 0; c < channels; c += LANES) {
      NAMED(doubles) total = 0, total_squares = 0;
      for (int y = 0; y < rows; y++) {
        vec sum = splat(0), squares = splat(0);
        const float *at = NAMED(row_of)(values, n, y) + c;
        for (int x = 0; x < columns; x++, at += values.pixel) {
          const vec value = load(at);
          sum += value;
          squares += value * value;
        }
        total += widened(sum);
        total_squares += widened(squares);
      }
      for (int lane = 0; lane < LANES; lane++) {
        sums[c + lane] += total[lane];
        sums[channels + c + lane] += total_squares[lane];
      }
    }
}

static void NAMED(apply_affine)(const kernel_affine *a) {
  for (int n = 0; n < a->images; n++)
    for (int y = 0; y < a->rows; y++) {
      const float *value = NAMED(row_of)(a->value, n, y);
      const float *residual = a->residual.start ? NAMED(row_of)(a->residual, n, y) : 0;
      float *output = NAMED(row_of)(a->output, n, y);
      for (int c = 0; c < a->channels; c += LANES) {
        const vec scale = load(a->scale + c), shift = load(a->shift + c);
        for (int x = 0; x < a->columns; x++) {
          vec result = load(value + x * a->value.pixel + c) * scale + shift;
          if (residual) result += load(residual + x * a->residual.pixel + c);
          if (a->rectifies) result = __builtin_elementwise_max(result, splat(0));
          store(output + x * a->output.pixel + c, result);
        }
      }
    }
}

static void NAMED(mask_gradient)(const kernel_masking *m, double *sums) {
  for (int i = 0; i < 2 * m->channels; i++) sums[i] = 0;
  for (int n = 0; n < m->images; n++)
    for (int c = 0; c < m->channels; c += LANES) {
      NAMED(doubles) total = 0, total_products = 0;
      for (int y = 0; y < m->rows; y++) {
        vec sum = splat(0), products = splat(0);
        const float *from = NAMED(row_of)(m->output_gradient, n, y) + c;
        const float *output = m->output.start ? NAMED(row_of)(m->output, n, y) + c : 0;
        const float *value = m->value.start ? NAMED(row_of)(m->value, n, y) + c : 0;
        float *to = NAMED(row_of)(m->masked, n, y) + c;
        for (int x = 0; x < m->columns; x++) {
          vec gradient = load(from + x * m->output_gradient.pixel);
          if (output) gradient = load(output + x * m->output.pixel) > 0 ? gradient : splat(0);
          if (to != from || output) store(to + x * m->masked.pixel, gradient);
          sum += gradient;
          if (value) products += gradient * load(value + x * m->value.pixel);
        }
        total += widened(sum);
        total_products += widened(products);
      }
      for (int lane = 0; lane < LANES; lane++) {
        sums[c + lane] += total[lane];
        sums[m->channels + c + lane] += total_products[lane];
      }
    }
}

static void NAMED(apply_normal_gradient)(const kernel_normal_gradient *g) {
  const float *factors = g->factors;
  for (int n = 0; n < g->images; n++)
    for (int y = 0; y < g->rows; y++) {
      const float *masked = NAMED(row_of)(g->masked, n, y);
      const float *value = NAMED(row_of)(g->value, n, y);
      float *to = NAMED(row_of)(g->value_gradient, n, y);
      for (int c = 0; c < g->channels; c += LANES) {
        const vec slope = load(factors + c), pull = load(factors + g->channels + c);
        const vec offset = load(factors + 2 * g->channels + c);
        for (int x = 0; x < g->columns; x++) {
          vec result = load(masked + x * g->masked.pixel + c) * slope + offset;
          result += load(value + x * g->value.pixel + c) * pull;
          store(to + x * g->value_gradient.pixel + c, result);
        }
      }
    }
}

#undef widened
