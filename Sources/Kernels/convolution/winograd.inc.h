// Winograd's minimal filtering for 3 × 3 convolutions of stride 1. Included once per instruction set.
//
// A tile of m × m pixels comes from a window of (m + 2) × (m + 2): window and kernel are transformed, multiplied
// number by number (summed over input channels, one matrix product per place of the window), and transformed
// back. For m = 3 that takes 25 products where the direct sum takes 81, for m = 4 36 instead of 144.
//
// The transforms evaluate polynomials at points: at 0, ±1/√2, ±√2 and infinity for m = 4, at ±1/2, ±√2 and
// infinity for m = 3. Whole numbers need no root, but lose twice as much to rounding: what counts is how far
// apart the powers of the points are. Relative errors, which LayerTests bounds, are 4e-7 with m = 3 for 32
// channels and 8e-7 with m = 4 for 64; the direct sum's is about 1e-7.
//
// References: Lavin and Gray (2016), Fast algorithms for convolutional neural networks, arXiv 1509.09308,
// section 4, whose A, B and G are meant here (the gradient of the weights is the same scheme read backwards);
// Barabasz, Anderson, Soodhalter and Gregg (2020), Error analysis and improving the accuracy of Winograd
// convolution for deep neural networks, arXiv 1803.10986, on the choice of points.

enum { NAMED(widest) = KERNEL_WINOGRAD_MOST_PLACES };

#define ROOT_OF_HALF 0.70710678118654752f
#define ROOT_OF_2 1.41421356237309505f

// Along one line of a window: B' d, the last three places of its m + 2 or those before.
INLINE void NAMED(into_window)(const int m, const bool last, const vec *d, int s, vec *to, int t) {
  if (m == 3) {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s];
    if (last) {
      const vec far = e - 0.25f * b, far_odd = ROOT_OF_2 * (c - 0.25f * a);
      to[0] = far_odd + far;
      to[t] = far_odd - far;
      to[2 * t] = 0.5f * a - 2.25f * c + f;
    } else {
      const vec near = e - 2 * b, near_odd = 0.5f * c - a;
      to[0] = near_odd + near;
      to[t] = near_odd - near;
    }
  } else {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s], g = d[5 * s];
    if (last) {
      const vec far = f - 0.5f * c, far_odd = ROOT_OF_2 * (e - 0.5f * b);
      to[0] = far + far_odd;
      to[t] = far - far_odd;
      to[2 * t] = b - 2.5f * e + g;
    } else {
      const vec near = f - 2 * c, near_odd = ROOT_OF_HALF * (e - 2 * b);
      to[0] = a - 2.5f * c + f;
      to[t] = near + near_odd;
      to[2 * t] = near - near_odd;
    }
  }
}

// Along one line of products, the first m of which become pixels: A' p.
INLINE void NAMED(out_of_window)(const int m, vec *d, int s) {
  if (m == 3) {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s];
    const vec near = a + b, far = c + e;
    d[0] = near + far;
    d[s] = 0.5f * (a - b) + ROOT_OF_2 * (c - e);
    d[2 * s] = 0.25f * near + 2 * far + f;
  } else {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s], g = d[5 * s];
    const vec near = b + c, near_odd = ROOT_OF_HALF * (b - c);
    const vec far = e + f, far_odd = ROOT_OF_2 * (e - f);
    d[0] = a + near + far;
    d[s] = near_odd + far_odd;
    d[2 * s] = 0.5f * near + 2 * far;
    d[3 * s] = 0.5f * near_odd + 2 * far_odd + g;
  }
}

// The transpose of out_of_window: m gradients of pixels become the m + 2 gradients of products, A y.
INLINE void NAMED(spread)(const int m, vec *d, int s) {
  if (m == 3) {
    const vec a = d[0], b = d[s], c = d[2 * s];
    const vec near = a + 0.25f * c, far = a + 2 * c;
    d[0] = near + 0.5f * b;
    d[s] = near - 0.5f * b;
    d[2 * s] = far + ROOT_OF_2 * b;
    d[3 * s] = far - ROOT_OF_2 * b;
    d[4 * s] = c;
  } else {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s];
    const vec near = a + 0.5f * c, near_odd = ROOT_OF_HALF * (b + 0.5f * e);
    const vec far = a + 2 * c, far_odd = ROOT_OF_2 * (b + 2 * e);
    d[s] = near + near_odd;
    d[2 * s] = near - near_odd;
    d[3 * s] = far + far_odd;
    d[4 * s] = far - far_odd;
    d[5 * s] = e;
  }
}

// Along one line of a kernel: three taps become m + 2, G w.
INLINE void NAMED(out_of_taps)(const int m, vec *d, int s) {
  const vec a = d[0], b = d[s], c = d[2 * s];
  if (m == 3) {
    const vec near = (-4 / 7.f) * a - (1 / 7.f) * c, near_odd = (2 / 7.f) * b;
    const vec far = (1 / 7.f * ROOT_OF_2) * a + (2 / 7.f * ROOT_OF_2) * c, far_odd = (2 / 7.f) * b;
    d[0] = near - near_odd;
    d[s] = near + near_odd;
    d[2 * s] = far + far_odd;
    d[3 * s] = far - far_odd;
    d[4 * s] = c;
  } else {
    const vec near = (-2 / 3.f) * a - (1 / 3.f) * c, near_odd = (-2 / 3.f * ROOT_OF_HALF) * b;
    const vec far = (1 / 6.f) * a + (1 / 3.f) * c, far_odd = (1 / 6.f * ROOT_OF_2) * b;
    d[s] = near + near_odd;
    d[2 * s] = near - near_odd;
    d[3 * s] = far + far_odd;
    d[4 * s] = far - far_odd;
    d[5 * s] = c;
  }
}

// The transpose of out_of_taps: m + 2 gradients become those of three taps, G' s.
INLINE void NAMED(into_taps)(const int m, vec *d, int s) {
  if (m == 3) {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s];
    const vec near = a + b, far = c + e;
    d[0] = (-4 / 7.f) * near + (1 / 7.f * ROOT_OF_2) * far;
    d[s] = (2 / 7.f) * ((b - a) + (c - e));
    d[2 * s] = f - (1 / 7.f) * near + (2 / 7.f * ROOT_OF_2) * far;
  } else {
    const vec a = d[0], b = d[s], c = d[2 * s], e = d[3 * s], f = d[4 * s], g = d[5 * s];
    const vec near = b + c, far = e + f;
    d[0] = a - (2 / 3.f) * near + (1 / 6.f) * far;
    d[s] = (-2 / 3.f * ROOT_OF_HALF) * (b - c) + (1 / 6.f * ROOT_OF_2) * (e - f);
    d[2 * s] = g - (1 / 3.f) * near + (1 / 3.f) * far;
  }
}

// Tiles along a side; the last one is moved back to end with the image, over pixels of the one before it.
INLINE int NAMED(tiles)(int m, int size) { return (size + m - 1) / m; }

INLINE int NAMED(tile_start)(int m, int tile, int size) {
  return m * tile < size - m ? m * tile : size - m;
}

// Asks for a tile of pixels that will be read, or written, while the next image passes.
INLINE void NAMED(announce)(
    const int m, const float *corner, long row, long pixel, int channels) {
  for (int y = 0; y < m; y++)
    for (int x = 0; x < m; x++)
      for (int c = 0; c < channels; c += KERNEL_CHANNELS)
        __builtin_prefetch(corner + y * row + x * pixel + c);
}

// The windows of one image, transformed: place k of tile t and channel c goes to to[k * plane + t * channels + c].
INLINE void NAMED(transform_windows)(
    const int m, kernel_pixels input, int image, int rows, int columns, int channels, float *to,
    long plane) {
  const int side = m + 2;
  for (int ty = 0; ty < NAMED(tiles)(m, rows); ty++)
    for (int tx = 0; tx < NAMED(tiles)(m, columns); tx++, to += channels) {
      const float *corner = input.start + image * input.image
          + NAMED(tile_start)(m, ty, rows) * input.row + NAMED(tile_start)(m, tx, columns) * input.pixel;
      NAMED(announce)
      (m, corner + input.image + input.row + input.pixel, input.row, input.pixel, channels);
      for (int c = 0; c < channels; c += LANES) {
        // Some of the places at a time: all of them are more than there are registers.
        UNROLL for (int last = 0; last < 2; last++) {
          const int first = last ? side - 3 : 0, end = last ? side : side - 3;
          vec lines[NAMED(widest)];
          UNROLL for (int y = 0; y < side; y++) {
            vec d[6];
            UNROLL for (int x = 0; x < side; x++)
              d[x] = load(corner + y * input.row + x * input.pixel + c);
            NAMED(into_window)(m, last, d, 1, lines + y * side + first, 1);
          }
          UNROLL for (int x = first; x < end; x++) {
            vec d[6];
            NAMED(into_window)(m, false, lines + x, side, d, 1);
            NAMED(into_window)(m, true, lines + x, side, d + side - 3, 1);
            UNROLL for (int y = 0; y < side; y++) store(to + (y * side + x) * plane + c, d[y]);
          }
        }
      }
    }
}

// The pixels of one image from its products.
INLINE void NAMED(transform_products)(
    const int m, const float *from, long plane, const kernel_winograd *w, int image) {
  const int side = m + 2;
  const int rows = w->rows, columns = w->columns, channels = w->channels;
  const long row = w->output.row, pixel = w->output.pixel;
  const bool accumulates = w->accumulates;
  for (int ty = 0; ty < NAMED(tiles)(m, rows); ty++)
    for (int tx = 0; tx < NAMED(tiles)(m, columns); tx++, from += channels) {
      const int top = NAMED(tile_start)(m, ty, rows), left = NAMED(tile_start)(m, tx, columns);
      const int again_down = m * ty - top, again_across = m * tx - left;
      float *corner = w->output.start + image * w->output.image + top * row + left * pixel;
      NAMED(announce)(m, corner + w->output.image, row, pixel, channels);
      for (int c = 0; c < channels; c += LANES) {
        vec d[NAMED(widest)];
        UNROLL for (int k = 0; k < side * side; k++) d[k] = load(from + k * plane + c);
        UNROLL for (int x = 0; x < side; x++) NAMED(out_of_window)(m, d + x, side);
        UNROLL for (int y = 0; y < m; y++) NAMED(out_of_window)(m, d + y * side, 1);
        // Unrolled, conditions and all: an index that is not a constant would put d into memory.
        UNROLL for (int y = 0; y < m; y++)
          UNROLL for (int x = 0; x < m; x++)
            if (y >= again_down && x >= again_across) {
              float *at = corner + y * row + x * pixel + c;
              store(at, accumulates ? load(at) + d[y * side + x] : d[y * side + x]);
            }
      }
    }
}

// The gradients of one image's pixels as gradients of products; a pixel of two tiles counts once.
INLINE void NAMED(transform_gradients)(
    const int m, kernel_pixels gradient, int image, int rows, int columns, int channels, float *to,
    long plane) {
  const int side = m + 2;
  for (int ty = 0; ty < NAMED(tiles)(m, rows); ty++)
    for (int tx = 0; tx < NAMED(tiles)(m, columns); tx++, to += channels) {
      const int top = NAMED(tile_start)(m, ty, rows), left = NAMED(tile_start)(m, tx, columns);
      const int again_down = m * ty - top, again_across = m * tx - left;
      const float *corner = gradient.start + image * gradient.image + top * gradient.row
          + left * gradient.pixel;
      NAMED(announce)(m, corner + gradient.image, gradient.row, gradient.pixel, channels);
      for (int c = 0; c < channels; c += LANES) {
        vec d[NAMED(widest)];
        UNROLL for (int y = 0; y < m; y++)
          UNROLL for (int x = 0; x < m; x++) {
            const bool again = y < again_down || x < again_across;
            d[y * side + x] =
                again ? splat(0) : load(corner + y * gradient.row + x * gradient.pixel + c);
          }
        UNROLL for (int x = 0; x < m; x++) NAMED(spread)(m, d + x, side);
        UNROLL for (int y = 0; y < side; y++) NAMED(spread)(m, d + y * side, 1);
        UNROLL for (int k = 0; k < side * side; k++) store(to + k * plane + c, d[k]);
      }
    }
}

// One vector of kernels: the place k of the window goes to to[k * plane].
INLINE void NAMED(transform_kernel)(
    const int m, const float *weights, long tap, float *to, long plane) {
  const int side = m + 2;
  vec d[NAMED(widest)];
  UNROLL for (int y = 0; y < 3; y++)
    UNROLL for (int x = 0; x < 3; x++) d[y * side + x] = load(weights + (3 * y + x) * tap);
  UNROLL for (int x = 0; x < 3; x++) NAMED(out_of_taps)(m, d + x, side);
  UNROLL for (int y = 0; y < side; y++) NAMED(out_of_taps)(m, d + y * side, 1);
  UNROLL for (int k = 0; k < side * side; k++) store(to + k * plane, d[k]);
}

// Straight into the panels of one matrix product per place, in the order that `pack` gives them.
static void NAMED(winograd_pack)(
    int m, const float *weights, int input_channels, int channels, float *panels) {
  const long count = (long)input_channels * channels;
  for (int c = 0; c < channels;) {
    const int vectors = NAMED(panel_vectors)(channels - c, KERNEL_WINOGRAD_COLUMNS);
    float *to = panels + (long)input_channels * c;
    for (int i = 0; i < input_channels; i++)
      for (int v = 0; v < vectors; v++, to += LANES) {
        const float *from = weights + (long)i * channels + c + v * LANES;
        if (m == 3) NAMED(transform_kernel)(3, from, count, to, count);
        else NAMED(transform_kernel)(4, from, count, to, count);
      }
    c += vectors * LANES;
  }
}

// Images whose transforms stay in the second-level cache together: groups of one size, as far as that goes.
static int NAMED(winograd_group)(int places, int tiles, int channels, int images) {
  long most = KERNEL_WINOGRAD_ROOM / (places * tiles * channels);
  if (most < 1) most = 1;
  const long groups = (images + most - 1) / most;
  return (int)((images + groups - 1) / groups);
}

INLINE void NAMED(convolve_tiles)(const int m, const kernel_winograd *w) {
  const int places = (m + 2) * (m + 2);
  const int tiles = NAMED(tiles)(m, w->rows) * NAMED(tiles)(m, w->columns);
  const int group = NAMED(winograd_group)(places, tiles, w->input_channels + w->channels, w->images);
  for (int n = 0; n < w->images; n += group) {
    const int images = w->images - n < group ? w->images - n : group;
    const long in_plane = (long)images * tiles * w->input_channels + KERNEL_WINOGRAD_GAP;
    const long out_plane = (long)images * tiles * w->channels + KERNEL_WINOGRAD_GAP;
    float *windows = w->room, *products = w->room + places * in_plane;
    for (int i = 0; i < images; i++)
      NAMED(transform_windows)
      (m, w->input, n + i, w->rows, w->columns, w->input_channels,
       windows + (long)i * tiles * w->input_channels, in_plane);
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
    for (int i = 0; i < images; i++)
      NAMED(transform_products)
      (m, products + (long)i * tiles * w->channels, out_plane, w, n + i);
  }
}

static void NAMED(winograd_convolve)(const kernel_winograd *w) {
  if (w->tile == 3) NAMED(convolve_tiles)(3, w);
  else NAMED(convolve_tiles)(4, w);
}

// gradient += G' S G, where S[k] sums windows times gradients of products over all tiles.
INLINE void NAMED(add_gradient)(const int m, const kernel_winograd_gradient *w) {
  const int side = m + 2, places = side * side;
  const int tiles = NAMED(tiles)(m, w->rows) * NAMED(tiles)(m, w->columns);
  const long count = (long)w->input_channels * w->channels;
  const int group = NAMED(winograd_group)(places, tiles, w->input_channels + w->channels, w->images);
  for (long i = 0; i < places * count; i += LANES) store(w->sums + i, splat(0));
  for (int n = 0; n < w->images; n += group) {
    const int images = w->images - n < group ? w->images - n : group;
    const long in_plane = (long)images * tiles * w->input_channels + KERNEL_WINOGRAD_GAP;
    const long out_plane = (long)images * tiles * w->channels + KERNEL_WINOGRAD_GAP;
    float *windows = w->room, *gradients = w->room + places * in_plane;
    for (int i = 0; i < images; i++) {
      NAMED(transform_windows)
      (m, w->input, n + i, w->rows, w->columns, w->input_channels,
       windows + (long)i * tiles * w->input_channels, in_plane);
      NAMED(transform_gradients)
      (m, w->output_gradient, n + i, w->rows, w->columns, w->channels,
       gradients + (long)i * tiles * w->channels, out_plane);
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
  for (long i = 0; i < count; i += LANES) {
    vec d[NAMED(widest)];
    UNROLL for (int k = 0; k < places; k++) d[k] = load(w->sums + k * count + i);
    UNROLL for (int x = 0; x < side; x++) NAMED(into_taps)(m, d + x, side);
    UNROLL for (int y = 0; y < 3; y++) NAMED(into_taps)(m, d + y * side, 1);
    UNROLL for (int y = 0; y < 3; y++)
      UNROLL for (int x = 0; x < 3; x++) {
        float *at = w->gradient + (3 * y + x) * count + i;
        store(at, load(at) + d[y * side + x]);
      }
  }
}

static void NAMED(winograd_weight_gradient)(const kernel_winograd_gradient *w) {
  if (w->tile == 3) NAMED(add_gradient)(3, w);
  else NAMED(add_gradient)(4, w);
}

#undef ROOT_OF_HALF
#undef ROOT_OF_2
