// Per-channel scale and shift, activation, and their gradients. Included once per instruction set.

static void NAMED(channel_moments)(kernel_pixels values, kernel_grid grid, double *sums) {
  const long pixel = values.pixel;
  for (int i = 0; i < 2 * grid.channels; i++) sums[i] = 0;
  for (int n = 0; n < grid.images; n++)
    for (int y = 0; y < grid.rows; y++)
      for (int c = 0; c < grid.channels; c += LANES) {
        vec sum = splat(0), squares = splat(0);
        const float *at = NAMED(row_of)(values, n, y) + c;
        for (int x = 0; x < grid.columns; x++, at += pixel) {
          const vec value = load(at);
          sum += value;
          squares += value * value;
        }
        add_to(sums + c, sum);
        add_to(sums + grid.channels + c, squares);
      }
}

// Calls a loop with the activation as a constant, so that each has a copy of its own and no pixel asks for it.
#define WITH_ACTIVATION(activation, loop, ...)                                                     \
  switch (activation) {                                                                            \
    case KERNEL_IDENTITY: NAMED(loop)(KERNEL_IDENTITY, __VA_ARGS__); break;                        \
    case KERNEL_RELU: NAMED(loop)(KERNEL_RELU, __VA_ARGS__); break;                                \
    case KERNEL_RELU6: NAMED(loop)(KERNEL_RELU6, __VA_ARGS__); break;                              \
  }

INLINE void NAMED(affine_copy)(
    const kernel_activation activation, const bool adds, const kernel_affine *affine) {
  const kernel_affine a = *affine;
  for (int n = 0; n < a.grid.images; n++)
    for (int y = 0; y < a.grid.rows; y++)
      for (int c = 0; c < a.grid.channels; c += LANES) {
        const vec scale = load(a.scale + c), shift = load(a.shift + c);
        const float *value = NAMED(row_of)(a.value, n, y) + c;
        const float *residual = adds ? NAMED(row_of)(a.residual, n, y) + c : 0;
        float *output = NAMED(row_of)(a.output, n, y) + c;
        for (int x = 0; x < a.grid.columns; x++) {
          vec result = load(value) * scale + shift;
          if (adds) result += load(residual), residual += a.residual.pixel;
          store(output, NAMED(activated)(activation, result));
          value += a.value.pixel;
          output += a.output.pixel;
        }
      }
}

static void NAMED(apply_affine)(const kernel_affine *a) {
  if (a->residual.start) WITH_ACTIVATION(a->activation, affine_copy, true, a)
  else WITH_ACTIVATION(a->activation, affine_copy, false, a)
}

INLINE void NAMED(mask_copy)(
    const kernel_activation activation, const bool works_out, const bool weighs,
    const kernel_masking *masking, double *sums) {
  const kernel_masking m = *masking;
  const bool reads = activation != KERNEL_IDENTITY && !works_out;
  const bool writes = m.masked.start && (reads || m.masked.start != m.output_gradient.start);
  for (int i = 0; i < 2 * m.grid.channels; i++) sums[i] = 0;
  for (int n = 0; n < m.grid.images; n++)
    for (int y = 0; y < m.grid.rows; y++)
      for (int c = 0; c < m.grid.channels; c += LANES) {
        const vec scale = works_out ? load(m.mask.scale + c) : splat(0);
        const vec shift = works_out ? load(m.mask.shift + c) : splat(0);
        vec sum = splat(0), products = splat(0);
        const float *from = NAMED(row_of)(m.output_gradient, n, y) + c;
        const float *output = reads ? NAMED(row_of)(m.mask.output, n, y) + c : 0;
        const float *at = weighs ? NAMED(row_of)(m.value, n, y) + c : 0;
        float *to = writes ? NAMED(row_of)(m.masked, n, y) + c : 0;
        for (int x = 0; x < m.grid.columns; x++) {
          const vec value = weighs ? load(at) : splat(0);
          vec gradient = load(from);
          if (reads) {
            gradient = NAMED(let_through)(activation, gradient, load(output));
            output += m.mask.output.pixel;
          }
          if (works_out) gradient = NAMED(let_through)(activation, gradient, value * scale + shift);
          if (writes) store(to, gradient), to += m.masked.pixel;
          sum += gradient;
          if (weighs) products += gradient * value, at += m.value.pixel;
          from += m.output_gradient.pixel;
        }
        add_to(sums + c, sum);
        add_to(sums + m.grid.channels + c, products);
      }
}

static void NAMED(mask_gradient)(const kernel_masking *m, double *sums) {
  if (m->mask.scale) WITH_ACTIVATION(m->mask.activation, mask_copy, true, true, m, sums)
  else if (m->value.start) WITH_ACTIVATION(m->mask.activation, mask_copy, false, true, m, sums)
  else WITH_ACTIVATION(m->mask.activation, mask_copy, false, false, m, sums)
}

INLINE void NAMED(normal_copy)(
    const kernel_activation activation, const bool masks, const kernel_normal_gradient *gradient) {
  const kernel_normal_gradient g = *gradient;
  for (int n = 0; n < g.grid.images; n++)
    for (int y = 0; y < g.grid.rows; y++)
      for (int c = 0; c < g.grid.channels; c += LANES) {
        const vec slope = load(g.factors + c), pull = load(g.factors + g.grid.channels + c);
        const vec offset = load(g.factors + 2 * g.grid.channels + c);
        const vec scale = masks ? load(g.mask.scale + c) : splat(0);
        const vec shift = masks ? load(g.mask.shift + c) : splat(0);
        const float *from = NAMED(row_of)(g.output_gradient, n, y) + c;
        const float *at = NAMED(row_of)(g.value, n, y) + c;
        float *to = NAMED(row_of)(g.value_gradient, n, y) + c;
        for (int x = 0; x < g.grid.columns; x++) {
          const vec value = load(at);
          vec masked = load(from);
          if (masks) masked = NAMED(let_through)(activation, masked, value * scale + shift);
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
  if (g->mask.scale) WITH_ACTIVATION(g->mask.activation, normal_copy, true, g)
  else NAMED(normal_copy)(KERNEL_IDENTITY, false, g);
}

#undef WITH_ACTIVATION
