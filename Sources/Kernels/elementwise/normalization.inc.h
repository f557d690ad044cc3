// Per-channel scale and shift, activation, and their gradients. Included once per instruction set.

INLINE float *NAMED(row_of)(kernel_pixels p, int image, int y) {
  return p.start + image * p.image + y * p.row;
}

// Sums are single within a row and double from row to row: over a whole image, the rounding of many equal
// values, as a background has, would add up.
typedef double NAMED(doubles) __attribute__((ext_vector_type(LANES)));
typedef double NAMED(double_sums) __attribute__((ext_vector_type(LANES), aligned(8), may_alias));
#define add_to(sums, v) \
  (*(NAMED(double_sums) *)(sums) += __builtin_convertvector(v, NAMED(doubles)))

static void NAMED(channel_moments)(
    kernel_pixels values, int images, int rows, int columns, int channels, double *sums) {
  const long pixel = values.pixel;
  for (int i = 0; i < 2 * channels; i++) sums[i] = 0;
  for (int n = 0; n < images; n++)
    for (int y = 0; y < rows; y++)
      for (int c = 0; c < channels; c += LANES) {
        vec sum = splat(0), squares = splat(0);
        const float *at = NAMED(row_of)(values, n, y) + c;
        for (int x = 0; x < columns; x++, at += pixel) {
          const vec value = load(at);
          sum += value;
          squares += value * value;
        }
        add_to(sums + c, sum);
        add_to(sums + channels + c, squares);
      }
}

// What differs from call to call is a constant of each copy, so that no pixel asks for it.
INLINE void NAMED(affine_copy)(const bool adds, const bool rectifies, const kernel_affine *affine) {
  const kernel_affine a = *affine;
  for (int n = 0; n < a.images; n++)
    for (int y = 0; y < a.rows; y++)
      for (int c = 0; c < a.channels; c += LANES) {
        const vec scale = load(a.scale + c), shift = load(a.shift + c);
        const float *value = NAMED(row_of)(a.value, n, y) + c;
        const float *residual = adds ? NAMED(row_of)(a.residual, n, y) + c : 0;
        float *output = NAMED(row_of)(a.output, n, y) + c;
        for (int x = 0; x < a.columns; x++) {
          vec result = load(value) * scale + shift;
          if (adds) result += load(residual), residual += a.residual.pixel;
          if (rectifies) result = __builtin_elementwise_max(result, splat(0));
          store(output, result);
          value += a.value.pixel;
          output += a.output.pixel;
        }
      }
}

static void NAMED(apply_affine)(const kernel_affine *a) {
  if (a->residual.start)
    if (a->rectifies) NAMED(affine_copy)(true, true, a);
    else NAMED(affine_copy)(true, false, a);
  else if (a->rectifies) NAMED(affine_copy)(false, true, a);
  else NAMED(affine_copy)(false, false, a);
}

INLINE void NAMED(mask_copy)(
    const bool reads, const bool works_out, const bool weighs, const kernel_masking *masking,
    double *sums) {
  const kernel_masking m = *masking;
  const bool writes = m.masked.start && (reads || m.masked.start != m.output_gradient.start);
  for (int i = 0; i < 2 * m.channels; i++) sums[i] = 0;
  for (int n = 0; n < m.images; n++)
    for (int y = 0; y < m.rows; y++)
      for (int c = 0; c < m.channels; c += LANES) {
        const vec scale = works_out ? load(m.mask.scale + c) : splat(0);
        const vec shift = works_out ? load(m.mask.shift + c) : splat(0);
        vec sum = splat(0), products = splat(0);
        const float *from = NAMED(row_of)(m.output_gradient, n, y) + c;
        const float *output = reads ? NAMED(row_of)(m.mask.output, n, y) + c : 0;
        const float *at = weighs ? NAMED(row_of)(m.value, n, y) + c : 0;
        float *to = writes ? NAMED(row_of)(m.masked, n, y) + c : 0;
        for (int x = 0; x < m.columns; x++) {
          const vec value = weighs ? load(at) : splat(0);
          vec gradient = load(from);
          if (reads) gradient = load(output) > 0 ? gradient : splat(0), output += m.mask.output.pixel;
          if (works_out) gradient = value * scale + shift > 0 ? gradient : splat(0);
          if (writes) store(to, gradient), to += m.masked.pixel;
          sum += gradient;
          if (weighs) products += gradient * value, at += m.value.pixel;
          from += m.output_gradient.pixel;
        }
        add_to(sums + c, sum);
        add_to(sums + m.channels + c, products);
      }
}

static void NAMED(mask_gradient)(const kernel_masking *m, double *sums) {
  if (m->mask.scale) NAMED(mask_copy)(false, true, true, m, sums);
  else if (m->mask.output.start)
    if (m->value.start) NAMED(mask_copy)(true, false, true, m, sums);
    else NAMED(mask_copy)(true, false, false, m, sums);
  else if (m->value.start) NAMED(mask_copy)(false, false, true, m, sums);
  else NAMED(mask_copy)(false, false, false, m, sums);
}

INLINE void NAMED(normal_copy)(const bool masks, const kernel_normal_gradient *gradient) {
  const kernel_normal_gradient g = *gradient;
  for (int n = 0; n < g.images; n++)
    for (int y = 0; y < g.rows; y++)
      for (int c = 0; c < g.channels; c += LANES) {
        const vec slope = load(g.factors + c), pull = load(g.factors + g.channels + c);
        const vec offset = load(g.factors + 2 * g.channels + c);
        const vec scale = masks ? load(g.scale + c) : splat(0);
        const vec shift = masks ? load(g.shift + c) : splat(0);
        const float *from = NAMED(row_of)(g.output_gradient, n, y) + c;
        const float *at = NAMED(row_of)(g.value, n, y) + c;
        float *to = NAMED(row_of)(g.value_gradient, n, y) + c;
        for (int x = 0; x < g.columns; x++) {
          const vec value = load(at);
          vec masked = load(from);
          if (masks) masked = value * scale + shift > 0 ? masked : splat(0);
          vec result = masked * slope + offset;
          result += value * pull;
          store(to, result);
          from += g.output_gradient.pixel;
          at += g.value.pixel;
          to += g.value_gradient.pixel;
        }
      }
}

static void NAMED(apply_normal_gradient)(const kernel_normal_gradient *g) {
  if (g->scale) NAMED(normal_copy)(true, g);
  else NAMED(normal_copy)(false, g);
}

#undef add_to
