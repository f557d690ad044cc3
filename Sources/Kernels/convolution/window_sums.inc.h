// Sums over windows: the one matrix product behind dense layers, convolutions and their data gradients.
// Included once per instruction set; needs LANES, ROWS_1, ROWS_2, ROWS_4 and NAMED().

// What a tile ends in, at its own channels and pixels; a null residual is none.
typedef struct {
  const float *shift, *residual;
  long pixel;
  kernel_activation activation;
} NAMED(tile_ending);

INLINE vec NAMED(ended)(const NAMED(tile_ending) *ending, vec sum, int row, int column) {
  sum += load(ending->shift + column);
  if (ending->residual) sum += load(ending->residual + row * ending->pixel + column);
  switch (ending->activation) {
    case KERNEL_IDENTITY: return sum;
    case KERNEL_RELU: return NAMED(activated)(KERNEL_RELU, sum);
    case KERNEL_RELU6: return NAMED(activated)(KERNEL_RELU6, sum);
  }
}

// A tile is `rows` neighbouring pixels times `vectors` vectors of output channels, held in registers over
// the whole sum. Each output is summed over taps and depth in order, so its bits do not depend on the tile.
INLINE void NAMED(tile)(
    const int rows, const int vectors, const float *input, long pixel, const long *offset, int taps,
    int tap_length, const float *panel, float *output, long output_pixel, bool accumulates,
    const NAMED(tile_ending) *ending) {
  vec sum[14][4];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++)
      sum[r][v] = accumulates ? load(output + r * output_pixel + v * LANES) : splat(0);
  const long three = 3 * pixel;
  for (int t = 0; t < taps; t++) {
    const float *depth = input + offset[t];
    for (int k = 0; k < tap_length; k++, depth++, panel += vectors * LANES) {
      vec weight[4];
      UNROLL for (int v = 0; v < vectors; v++) weight[v] = load(panel + v * LANES);
      // One pointer per three pixels: x86 addresses reach pixel and 2 * pixel by themselves.
      const float *at = depth;
      UNROLL for (int r = 0; r < rows; r++) {
        if (r && r % 3 == 0) at += three;
        const vec x = splat(at[(r % 3) * pixel]);
        UNROLL for (int v = 0; v < vectors; v++) sum[r][v] += x * weight[v];
      }
    }
  }
  if (ending)
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < vectors; v++)
        sum[r][v] = NAMED(ended)(ending, sum[r][v], r, v * LANES);
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++)
      store(output + r * output_pixel + v * LANES, sum[r][v]);
}

typedef void (*NAMED(tile_function))(
    const float *, long, const long *, int, int, const float *, float *, long, bool,
    const NAMED(tile_ending) *);

#define TILE(R, V)                                                                                 \
  static void NAMED(tile_##R##_##V)(                                                               \
      const float *input, long pixel, const long *offset, int taps, int tap_length,                \
      const float *panel, float *output, long output_pixel, bool accumulates,                      \
      const NAMED(tile_ending) *ending) {                                                          \
    NAMED(tile)                                                                                    \
    (R, V, input, pixel, offset, taps, tap_length, panel, output, output_pixel, accumulates,       \
     ending);                                                                                      \
  }
#define TILES_6(V) TILE(1, V) TILE(2, V) TILE(3, V) TILE(4, V) TILE(5, V) TILE(6, V)
#define TILES_10(V) TILES_6(V) TILE(7, V) TILE(8, V) TILE(9, V) TILE(10, V)
#define TILES_14(V) TILES_10(V) TILE(11, V) TILE(12, V) TILE(13, V) TILE(14, V)
#define ENTRY(R, V) NAMED(tile_##R##_##V)
#define ENTRIES_6(V) ENTRY(1, V), ENTRY(2, V), ENTRY(3, V), ENTRY(4, V), ENTRY(5, V), ENTRY(6, V)
#define ENTRIES_10(V) ENTRIES_6(V), ENTRY(7, V), ENTRY(8, V), ENTRY(9, V), ENTRY(10, V)
#define ENTRIES_14(V) ENTRIES_10(V), ENTRY(11, V), ENTRY(12, V), ENTRY(13, V), ENTRY(14, V)

#if WIDE_TILES
TILES_14(1) TILES_14(2) TILES_6(4) TILE(7, 4)
static const NAMED(tile_function) NAMED(tiles_1)[] = {ENTRIES_14(1)};
static const NAMED(tile_function) NAMED(tiles_2)[] = {ENTRIES_14(2)};
static const NAMED(tile_function) NAMED(tiles_4)[] = {ENTRIES_6(4), ENTRY(7, 4)};
enum { NAMED(rows_1) = 14, NAMED(rows_2) = 14, NAMED(rows_4) = 7 };
#else
TILES_10(1) TILES_6(2)
static const NAMED(tile_function) NAMED(tiles_1)[] = {ENTRIES_10(1)};
static const NAMED(tile_function) NAMED(tiles_2)[] = {ENTRIES_6(2)};
enum { NAMED(rows_1) = 10, NAMED(rows_2) = 6 };
#endif

// The vectors of the next panel: a narrow image has few pixels to reuse a weight on, so it takes wide panels.
static int NAMED(panel_vectors)(int channels_left, int columns) {
#if WIDE_TILES
  if (columns <= 7 && channels_left >= 4 * LANES) return 4;
#endif
  return channels_left >= 2 * LANES ? 2 : 1;
}

static void NAMED(pack)(
    const float *weights, int depth, int channels, int columns, float *panels) {
  for (int c = 0; c < channels;) {
    const int vectors = NAMED(panel_vectors)(channels - c, columns);
    for (int k = 0; k < depth; k++)
      for (int v = 0; v < vectors; v++, panels += LANES)
        store(panels, load(weights + (long)k * channels + c + v * LANES));
    c += vectors * LANES;
  }
}

// A panel holds the transpose of as many rows as it has channels.
static void NAMED(pack_transposed)(
    const float *weights, int depth, int channels, int columns, float *panels) {
  for (int c = 0; c < channels;) {
    const int width = NAMED(panel_vectors)(channels - c, columns) * LANES;
    kernel_transpose(weights + (long)c * depth, width, depth, panels + (long)c * depth);
    c += width;
  }
}

// One image (or a slice of rows of a dense layer), one panel of channels.
static void NAMED(sum_panel)(
    const kernel_window_sums *s, int image, int first_column, int columns, int c, int vectors,
    const float *panel) {
  const NAMED(tile_function) *tiles = vectors == 1 ? NAMED(tiles_1) : NAMED(tiles_2);
  int most = vectors == 1 ? NAMED(rows_1) : NAMED(rows_2);
#if WIDE_TILES
  if (vectors == 4) tiles = NAMED(tiles_4), most = NAMED(rows_4);
#endif
  const int count = (columns + most - 1) / most, least = columns / count, longer = columns % count;
  for (int y = 0; y < s->rows; y++) {
    const int first = s->skips_first && y == 0;
    const int taps = s->taps - first - (s->skips_last && y == s->rows - 1);
    const float *in = s->input.start + image * s->input.image + y * s->input.row
        + first_column * s->input.pixel;
    float *out = s->output.start + image * s->output.image + y * s->output.row
        + first_column * s->output.pixel + c;
    const float *weights = panel + (long)first * s->tap_length * vectors * LANES;
    NAMED(tile_ending) ending = {0};
    if (s->ending) {
      const kernel_pixels added = s->ending->residual;
      ending.shift = s->ending->shift + c;
      ending.activation = s->ending->activation;
      ending.pixel = added.pixel;
      if (added.start)
        ending.residual = NAMED(row_of)(added, image, y) + first_column * added.pixel + c;
    }
    for (int t = 0; t < count; t++) {
      const int rows = least + (t < longer);
      tiles[rows - 1](
          in, s->input.pixel, s->tap_offset + first, taps, s->tap_length, weights, out,
          s->output.pixel, s->accumulates, s->ending ? &ending : 0);
      if (ending.residual) ending.residual += rows * ending.pixel;
      in += rows * s->input.pixel;
      out += rows * s->output.pixel;
    }
  }
}

static void NAMED(sum_windows)(const kernel_window_sums *s) {
  const long depth = (long)s->taps * s->tap_length;
  // The rows of a dense layer go by slices that stay in the second-level cache while all panels pass.
  const int slice = s->images == 1 && s->rows == 1 ? 224 : s->columns;
  for (int image = 0; image < s->images; image++)
    for (int x = 0; x < s->columns; x += slice) {
      const int columns = s->columns - x < slice ? s->columns - x : slice;
      for (int c = 0; c < s->channels;) {
        const int vectors = NAMED(panel_vectors)(s->channels - c, s->panel_columns);
        NAMED(sum_panel)(s, image, x, columns, c, vectors, s->panels + depth * c);
        c += vectors * LANES;
      }
    }
}

#undef TILE
#undef TILES_6
#undef TILES_10
#undef TILES_14
#undef ENTRY
#undef ENTRIES_6
#undef ENTRIES_10
#undef ENTRIES_14
