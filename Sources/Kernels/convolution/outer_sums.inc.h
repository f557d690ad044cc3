// Weight gradients: sums of outer products over pixels. Included once per instruction set.

// A tile is `rows` weights' rows times `vectors` vectors of output channels, held in registers over all
// pixels of a group of images. Each weight is summed over images, rows and columns in order.
INLINE void NAMED(outer_tile)(
    const int rows, const int vectors, const kernel_outer_sums *s, const float *input,
    const float *gradient, int images, float *weights) {
  vec sum[12][2];
  const long stride = s->channels;
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = load(weights + r * stride + v * LANES);
  for (int n = 0; n < images; n++)
    for (int y = 0; y < s->rows; y++) {
      const float *x = input + n * s->input.image + y * s->input.row;
      const float *d = gradient + n * s->output_gradient.image + y * s->output_gradient.row;
      for (int p = 0; p < s->columns; p++) {
        // Rows of an image are too far apart for the processor to guess the next one.
        __builtin_prefetch(x + s->input.row);
        vec g[2];
        UNROLL for (int v = 0; v < vectors; v++) g[v] = load(d + v * LANES);
        UNROLL for (int r = 0; r < rows; r++) {
          const vec a = splat(x[r]);
          UNROLL for (int v = 0; v < vectors; v++) sum[r][v] += a * g[v];
        }
        x += s->input.pixel;
        d += s->output_gradient.pixel;
      }
    }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++) store(weights + r * stride + v * LANES, sum[r][v]);
}

typedef void (*NAMED(outer_function))(
    const kernel_outer_sums *, const float *, const float *, int, float *);

#define OUTER(R, V)                                                                                \
  static void NAMED(outer_##R##_##V)(                                                              \
      const kernel_outer_sums *s, const float *input, const float *gradient, int images,           \
      float *weights) {                                                                            \
    NAMED(outer_tile)(R, V, s, input, gradient, images, weights);                                  \
  }
#define OUTERS_6(V) OUTER(1, V) OUTER(2, V) OUTER(3, V) OUTER(4, V) OUTER(5, V) OUTER(6, V)
#define OUTERS_12(V)                                                                               \
  OUTERS_6(V) OUTER(7, V) OUTER(8, V) OUTER(9, V) OUTER(10, V) OUTER(11, V) OUTER(12, V)
#define ENTRY(R, V) NAMED(outer_##R##_##V)
#define ENTRIES_6(V) ENTRY(1, V), ENTRY(2, V), ENTRY(3, V), ENTRY(4, V), ENTRY(5, V), ENTRY(6, V)
#define ENTRIES_12(V)                                                                              \
  ENTRIES_6(V), ENTRY(7, V), ENTRY(8, V), ENTRY(9, V), ENTRY(10, V), ENTRY(11, V), ENTRY(12, V)

#if WIDE_TILES
OUTERS_12(1) OUTERS_12(2)
static const NAMED(outer_function) NAMED(outers)[2][12] = {{ENTRIES_12(1)}, {ENTRIES_12(2)}};
enum { NAMED(outer_rows) = 12 };
#else
OUTERS_6(1) OUTERS_6(2)
static const NAMED(outer_function) NAMED(outers)[2][6] = {{ENTRIES_6(1)}, {ENTRIES_6(2)}};
enum { NAMED(outer_rows) = 6 };
#endif

static void NAMED(sum_outer_products)(const kernel_outer_sums *s) {
  const int most = NAMED(outer_rows);
  const int tiles = (s->depth + most - 1) / most;
  const int least = s->depth / tiles, longer = s->depth % tiles;
  // Pixels that stay in the second-level cache while all tiles pass over them.
  const int slice = s->columns > 256 ? 256 : s->columns;
  const long bytes = 4 * (s->input.image + s->output_gradient.image);
  int group = bytes > 0 ? (int)(200000 / bytes) : 1;
  if (group < 1) group = 1;
  if (group > s->images) group = s->images;
  for (int n = 0; n < s->images; n += group)
    for (int x = 0; x < s->columns; x += slice) {
      kernel_outer_sums part = *s;
      part.columns = s->columns - x < slice ? s->columns - x : slice;
      const int images = s->images - n < group ? s->images - n : group;
      const float *input = s->input.start + n * s->input.image + x * s->input.pixel;
      const float *gradient = s->output_gradient.start + n * s->output_gradient.image
          + x * s->output_gradient.pixel;
      for (int c = 0; c < s->channels;) {
        const int vectors = s->channels - c >= 2 * LANES ? 2 : 1;
        for (int t = 0, m = 0; t < tiles; t++) {
          const int rows = least + (t < longer);
          NAMED(outers)[vectors - 1][rows - 1](
              &part, input + m, gradient + c, images, s->gradient + (long)m * s->channels + c);
          m += rows;
        }
        c += vectors * LANES;
      }
    }
}

#undef OUTER
#undef OUTERS_6
#undef OUTERS_12
#undef ENTRY
#undef ENTRIES_6
#undef ENTRIES_12
