// Winograd's minimal filtering for 3 × 3 convolutions of stride 1. Included once per instruction set.
//
// An output tile of m × m pixels comes from a window of (m + 2) × (m + 2): window and kernel are transformed,
// multiplied number by number (summed over input channels, one matrix product per place of the window), and
// transformed back. For m = 2 that takes 16 products where the direct sum takes 36, for m = 4 36 instead of
// 144. The transforms of m = 4 lose about a decimal digit's fifth more than the direct sum does.
//
// Reference: Lavin and Gray (2016), Fast algorithms for convolutional neural networks, arXiv 1509.09308,
// section 4; the gradient of the weights is the same scheme read backwards.

enum { NAMED(widest) = 6 };

// Along one line of a window, in place: B' d.
INLINE void NAMED(into_window)(const int m, vec *d, int s) {
  if (m == 2) {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s];
    d[0] = a - c;
    d[s] = b + c;
    d[2 * s] = c - b;
    d[3 * s] = b - e;
  } else {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s], g = d[5 * s];
    const vec even = f - 4 * c, odd = e - 4 * b, near = f - c, far = 2 * (e - b);
    d[0] = 4 * a - 5 * c + f;
    d[s] = even + odd;
    d[2 * s] = even - odd;
    d[3 * s] = near + far;
    d[4 * s] = near - far;
    d[5 * s] = 4 * b - 5 * e + g;
  }
}

// Along one line of products, the first m of which become pixels: A' p.
INLINE void NAMED(out_of_window)(const int m, vec *d, int s) {
  if (m == 2) {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s];
    d[0] = a + b + c;
    d[s] = b - c - e;
  } else {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s], g = d[5 * s];
    const vec sum = b + c, difference = b - c, far_sum = e + f, far_difference = e - f;
    d[0] = a + sum + far_sum;
    d[s] = difference + 2 * far_difference;
    d[2 * s] = sum + 4 * far_sum;
    d[3 * s] = difference + 8 * far_difference + g;
  }
}

// The transpose of out_of_window: m gradients of pixels become the m + 2 gradients of products, A y.
INLINE void NAMED(spread)(const int m, vec *d, int s) {
  if (m == 2) {
    const vec a = d[0], b = d[s];
    d[s] = a + b;
    d[2 * s] = a - b;
    d[3 * s] = -b;
  } else {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s];
    const vec even = a + c, odd = b + e, far_even = a + 4 * c, far_odd = 2 * b + 8 * e;
    d[s] = even + odd;
    d[2 * s] = even - odd;
    d[3 * s] = far_even + far_odd;
    d[4 * s] = far_even - far_odd;
    d[5 * s] = e;
  }
}

// The windows of one image, transformed: place k of tile t and channel c goes to to[k * plane + t * channels + c].
INLINE void NAMED(transform_windows)(
    const int m, kernel_pixels input, int image, int tiles_down, int tiles_across, int channels,
    float *to, long plane) {
  const int side = m + 2;
  for (int ty = 0; ty < tiles_down; ty++)
    for (int tx = 0; tx < tiles_across; tx++, to += channels)
      for (int c = 0; c < channels; c += LANES) {
        vec d[NAMED(widest) * NAMED(widest)];
        const float *from = input.start + image * input.image + ty * m * input.row
            + tx * m * input.pixel + c;
        UNROLL for (int y = 0; y < side; y++)
          UNROLL for (int x = 0; x < side; x++)
            d[y * side + x] = load(from + y * input.row + x * input.pixel);
        UNROLL for (int x = 0; x < side; x++) NAMED(into_window)(m, d + x, side);
        UNROLL for (int y = 0; y < side; y++) NAMED(into_window)(m, d + y * side, 1);
        UNROLL for (int k = 0; k < side * side; k++) store(to + k * plane + c, d[k]);
      }
}

// The pixels of one image from its products.
INLINE void NAMED(transform_products)(
    const int m, const float *from, long plane, int tiles_down, int tiles_across,
    const kernel_winograd *w, int image) {
  const int side = m + 2, rows = w->rows, columns = w->columns, channels = w->channels;
  const long row = w->output.row, pixel = w->output.pixel;
  const bool accumulates = w->accumulates;
  float *output = w->output.start + image * w->output.image;
  for (int ty = 0; ty < tiles_down; ty++)
    for (int tx = 0; tx < tiles_across; tx++, from += channels)
      for (int c = 0; c < channels; c += LANES) {
        vec d[NAMED(widest) * NAMED(widest)];
        UNROLL for (int k = 0; k < side * side; k++) d[k] = load(from + k * plane + c);
        UNROLL for (int x = 0; x < side; x++) NAMED(out_of_window)(m, d + x, side);
        UNROLL for (int y = 0; y < m; y++) NAMED(out_of_window)(m, d + y * side, 1);
        float *to = output + ty * m * row + tx * m * pixel + c;
        // Unrolled, conditions and all: an index that is not a constant would put d into memory.
        UNROLL for (int y = 0; y < m; y++)
          UNROLL for (int x = 0; x < m; x++)
            if (y < rows - ty * m && x < columns - tx * m) {
              float *at = to + y * row + x * pixel;
              store(at, accumulates ? load(at) + d[y * side + x] : d[y * side + x]);
            }
      }
}

// The gradients of one image's pixels as gradients of products; pixels beyond the edge have none.
INLINE void NAMED(transform_gradients)(
    const int m, kernel_pixels gradient, int image, int rows, int columns, int tiles_down,
    int tiles_across, int channels, float *to, long plane) {
  const int side = m + 2;
  for (int ty = 0; ty < tiles_down; ty++)
    for (int tx = 0; tx < tiles_across; tx++, to += channels)
      for (int c = 0; c < channels; c += LANES) {
        vec d[NAMED(widest) * NAMED(widest)];
        const float *from = gradient.start + image * gradient.image + ty * m * gradient.row
            + tx * m * gradient.pixel + c;
        UNROLL for (int y = 0; y < m; y++)
          UNROLL for (int x = 0; x < m; x++) {
            const bool inside = y < rows - ty * m && x < columns - tx * m;
            d[y * side + x] = inside ? load(from + y * gradient.row + x * gradient.pixel) : splat(0);
          }
        UNROLL for (int x = 0; x < m; x++) NAMED(spread)(m, d + x, side);
        UNROLL for (int y = 0; y < side; y++) NAMED(spread)(m, d + y * side, 1);
        UNROLL for (int k = 0; k < side * side; k++) store(to + k * plane + c, d[k]);
      }
}

// The kernel's transform along one axis, m + 2 rows of three: G.
static const float NAMED(kernel_2)[4][3] = {
    {1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
static const float NAMED(kernel_4)[6][3] = {
    {1 / 4.f, 0, 0},
    {-1 / 6.f, -1 / 6.f, -1 / 6.f},
    {-1 / 6.f, 1 / 6.f, -1 / 6.f},
    {1 / 24.f, 1 / 12.f, 1 / 6.f},
    {1 / 24.f, -1 / 12.f, 1 / 6.f},
    {0, 0, 1}};

// One vector of kernels, G w G': the place k of the window goes to to[k * plane].
INLINE void NAMED(transform_kernel)(
    const int m, const float (*g)[3], const float *weights, long tap, float *to, long plane) {
  const int side = m + 2;
  vec half[NAMED(widest)][3];
  UNROLL for (int x = 0; x < 3; x++) {
    const vec a = load(weights + x * tap), b = load(weights + (3 + x) * tap);
    const vec c = load(weights + (6 + x) * tap);
    UNROLL for (int y = 0; y < side; y++) half[y][x] = a * g[y][0] + b * g[y][1] + c * g[y][2];
  }
  UNROLL for (int y = 0; y < side; y++)
    UNROLL for (int x = 0; x < side; x++)
      store(
          to + (y * side + x) * plane,
          half[y][0] * g[x][0] + half[y][1] * g[x][1] + half[y][2] * g[x][2]);
}

// Straight into the panels of one matrix product per place, in the order that `pack` gives them.
static void NAMED(winograd_pack)(
    int m, const float *weights, int input_channels, int channels, float *panels) {
  const long count = (long)input_channels * channels;
  for (int c = 0; c < channels;) {
    const int vectors = NAMED(panel_vectors)(channels - c, KERNEL_WINOGRAD_COLUMNS);
    float *to = panels + (long)input_channels * c;
    for (int k = 0; k < input_channels; k++)
      for (int v = 0; v < vectors; v++, to += LANES) {
        const float *from = weights + (long)k * channels + c + v * LANES;
        if (m == 2) NAMED(transform_kernel)(2, NAMED(kernel_2), from, count, to, count);
        else NAMED(transform_kernel)(4, NAMED(kernel_4), from, count, to, count);
      }
    c += vectors * LANES;
  }
}

// Images whose transforms stay in the second-level cache together: groups of one size, as far as that goes.
static int NAMED(winograd_group)(int m, int tiles, int channels, int images) {
  long most = KERNEL_WINOGRAD_ROOM / ((m + 2) * (m + 2) * tiles * channels);
  if (most < 1) most = 1;
  const long groups = (images + most - 1) / most;
  return (int)((images + groups - 1) / groups);
}

static void NAMED(winograd_convolve)(const kernel_winograd *w) {
  const int m = w->tile, places = (m + 2) * (m + 2);
  const int down = (w->rows + m - 1) / m, across = (w->columns + m - 1) / m, tiles = down * across;
  const int group =
      NAMED(winograd_group)(m, tiles, w->input_channels + w->channels, w->images);
  for (int n = 0; n < w->images; n += group) {
    const int images = w->images - n < group ? w->images - n : group;
    const long in_plane = (long)images * tiles * w->input_channels + KERNEL_WINOGRAD_GAP;
    const long out_plane = (long)images * tiles * w->channels + KERNEL_WINOGRAD_GAP;
    float *windows = w->room, *products = w->room + places * in_plane;
    for (int i = 0; i < images; i++) {
      float *to = windows + (long)i * tiles * w->input_channels;
      if (m == 2)
        NAMED(transform_windows)(2, w->input, n + i, down, across, w->input_channels, to, in_plane);
      else
        NAMED(transform_windows)(4, w->input, n + i, down, across, w->input_channels, to, in_plane);
    }
    const long zero = 0;
    for (int k = 0; k < places; k++) {
      const kernel_window_sums sums = {
          .input = {windows + k * in_plane, 0, 0, w->input_channels},
          .tap_offset = &zero,
          .taps = 1,
          .tap_length = w->input_channels,
          .panels = w->panels + (long)k * w->input_channels * w->channels,
          .panel_columns = KERNEL_WINOGRAD_COLUMNS,
          .output = {products + k * out_plane, 0, 0, w->channels},
          .images = 1,
          .rows = 1,
          .columns = images * tiles,
          .channels = w->channels,
      };
      NAMED(sum_windows)(&sums);
    }
    for (int i = 0; i < images; i++) {
      const float *from = products + (long)i * tiles * w->channels;
      if (m == 2) NAMED(transform_products)(2, from, out_plane, down, across, w, n + i);
      else NAMED(transform_products)(4, from, out_plane, down, across, w, n + i);
    }
  }
}

// gradient += G' S G, where S[k] sums windows times gradients of products over all tiles.
static void NAMED(winograd_gradient)(const kernel_winograd_gradient *w) {
  const int m = w->tile, side = m + 2, places = side * side;
  const int down = (w->rows + m - 1) / m, across = (w->columns + m - 1) / m, tiles = down * across;
  const long count = (long)w->input_channels * w->channels;
  const int group =
      NAMED(winograd_group)(m, tiles, w->input_channels + w->channels, w->images);
  for (long i = 0; i < places * count; i += LANES) store(w->sums + i, splat(0));
  for (int n = 0; n < w->images; n += group) {
    const int images = w->images - n < group ? w->images - n : group;
    const long in_plane = (long)images * tiles * w->input_channels + KERNEL_WINOGRAD_GAP;
    const long out_plane = (long)images * tiles * w->channels + KERNEL_WINOGRAD_GAP;
    float *windows = w->room, *gradients = w->room + places * in_plane;
    for (int i = 0; i < images; i++) {
      float *to = windows + (long)i * tiles * w->input_channels;
      float *spread = gradients + (long)i * tiles * w->channels;
      if (m == 2) {
        NAMED(transform_windows)(2, w->input, n + i, down, across, w->input_channels, to, in_plane);
        NAMED(transform_gradients)
        (2, w->output_gradient, n + i, w->rows, w->columns, down, across, w->channels, spread,
         out_plane);
      } else {
        NAMED(transform_windows)(4, w->input, n + i, down, across, w->input_channels, to, in_plane);
        NAMED(transform_gradients)
        (4, w->output_gradient, n + i, w->rows, w->columns, down, across, w->channels, spread,
         out_plane);
      }
    }
    for (int k = 0; k < places; k++) {
      const kernel_outer_sums sums = {
          .input = {windows + k * in_plane, 0, 0, w->input_channels},
          .depth = w->input_channels,
          .output_gradient = {gradients + k * out_plane, 0, 0, w->channels},
          .channels = w->channels,
          .images = 1,
          .rows = 1,
          .columns = images * tiles,
          .gradient = w->sums + k * count,
      };
      NAMED(sum_outer_products)(&sums);
    }
  }
  const float(*g)[3] = m == 2 ? NAMED(kernel_2) : NAMED(kernel_4);
  for (int tap = 0; tap < 9; tap++)
    for (long i = 0; i < count; i += LANES) {
      vec sum = load(w->gradient + tap * count + i);
      for (int k = 0; k < places; k++) {
        const float factor = g[k / side][tap / 3] * g[k % side][tap % 3];
        if (factor != 0) sum += load(w->sums + k * count + i) * factor;
      }
      store(w->gradient + tap * count + i, sum);
    }
}
