// Convolutions of each channel by itself. Included once per instruction set.
//
// One vector of channels of one image passes at a time. The rows that a window reads are copied side by side into
// the room first, with zeros beyond the image: no window meets an edge, whatever the padding, and channels that lie
// far apart in memory are read once for all taps. The input's gradient is a convolution of the same kind.

enum { NAMED(most_taps) = KERNEL_DEPTHWISE_MOST * KERNEL_DEPTHWISE_MOST };

// A sum over `tap_rows` × `tap_columns` taps for each pixel of `to`:
// to[y][x] = sum of from[y * stride + i - top][x * stride + j - left] * weights[tap[i * tap_columns + j]].
typedef struct {
  kernel_pixels from;
  int from_rows, from_columns;
  const kernel_line *line;
  kernel_pixels to;
  int to_rows, to_columns;
  int images, channels, stride, top, left, tap_rows, tap_columns;
  const float *weights;
  int tap[KERNEL_DEPTHWISE_MOST * KERNEL_DEPTHWISE_MOST];
  const kernel_ending *ending;
  bool accumulates;
  double *moments;
  float *room;
} NAMED(taps);

// The padded rows of one vector of channels of an image.
typedef struct {
  vec *room;
  // Vectors of a row, rows that are kept, rows that were copied so far.
  int length, kept, copied;
} NAMED(ring);

// The last row of the room is one of zeros.
INLINE vec *NAMED(ring_row)(const NAMED(ring) *ring, int row, int rows) {
  const int slot = row < 0 || row >= rows ? ring->kept : row % ring->kept;
  return ring->room + (long)slot * ring->length;
}

INLINE void NAMED(copy_columns)(
    const kernel_activation activation, const bool lined, vec scale, vec shift, const float *from,
    long pixel, int count, vec *to) {
  for (int i = 0; i < count; i++, from += pixel) {
    const vec value = load(from);
    to[i] = lined ? NAMED(activated)(activation, value * scale + shift) : value;
  }
}

INLINE void NAMED(copy_row)(
    const kernel_line *line, int c, const float *from, long pixel, int columns, int left, int length,
    vec *to) {
  int first = left < 0 ? 0 : left, last = left + columns;
  if (first > length) first = length;
  if (last > length) last = length;
  for (int i = 0; i < first; i++) to[i] = splat(0);
  for (int i = last < first ? first : last; i < length; i++) to[i] = splat(0);
  from += (first - left) * pixel;
  const int count = last - first;
  if (!line || !line->scale) {
    NAMED(copy_columns)(KERNEL_IDENTITY, false, splat(0), splat(0), from, pixel, count, to + first);
    return;
  }
  const vec scale = load(line->scale + c), shift = load(line->shift + c);
  switch (line->activation) {
    case KERNEL_IDENTITY:
      NAMED(copy_columns)(KERNEL_IDENTITY, true, scale, shift, from, pixel, count, to + first);
      break;
    case KERNEL_RELU:
      NAMED(copy_columns)(KERNEL_RELU, true, scale, shift, from, pixel, count, to + first);
      break;
    case KERNEL_RELU6:
      NAMED(copy_columns)(KERNEL_RELU6, true, scale, shift, from, pixel, count, to + first);
      break;
  }
}

// Copies the rows up to (not with) `end` that were not copied yet.
INLINE void NAMED(advance)(
    NAMED(ring) *ring, int end, kernel_pixels from, int image, int c, int columns, int left,
    const kernel_line *line) {
  for (; ring->copied < end; ring->copied++)
    NAMED(copy_row)(
        line, c, NAMED(row_of)(from, image, ring->copied) + c, from.pixel, columns, left,
        ring->length, ring->room + (long)(ring->copied % ring->kept) * ring->length);
}

// `count` neighbouring pixels of one vector of channels, held in registers over all taps.
INLINE void NAMED(tap_tile)(
    const int count, const int columns, const int stride, vec *const *rows, int first, int last, int x,
    const vec *weights, const NAMED(taps) *t, int c, float *to) {
  vec sum[8];
  UNROLL for (int r = 0; r < count; r++)
    sum[r] = t->accumulates ? load(to + r * t->to.pixel) : splat(0);
  for (int i = first; i < last; i++) {
    const vec *row = rows[i] + x * stride;
    UNROLL for (int j = 0; j < columns; j++) {
      const vec weight = weights[i * columns + j];
      UNROLL for (int r = 0; r < count; r++) sum[r] += row[r * stride + j] * weight;
    }
  }
  if (t->ending) {
    const vec shift = load(t->ending->shift + c);
    UNROLL for (int r = 0; r < count; r++) sum[r] += shift;
    if (t->ending->activation == KERNEL_RELU6)
      UNROLL for (int r = 0; r < count; r++) sum[r] = NAMED(activated)(KERNEL_RELU6, sum[r]);
    else if (t->ending->activation == KERNEL_RELU)
      UNROLL for (int r = 0; r < count; r++) sum[r] = NAMED(activated)(KERNEL_RELU, sum[r]);
  }
  UNROLL for (int r = 0; r < count; r++) store(to + r * t->to.pixel, sum[r]);
}

INLINE void NAMED(tap_row)(
    const int columns, const int stride, vec *const *rows, int first, int last, const vec *weights,
    const NAMED(taps) *t, int c, float *to) {
  int x = 0;
#define TILE(count)                                                                                \
  NAMED(tap_tile)                                                                                  \
  (count, columns, stride, rows, first, last, x, weights, t, c, to + x * t->to.pixel);             \
  x += count;
  while (t->to_columns - x >= 8) { TILE(8) }
  if (t->to_columns - x >= 4) { TILE(4) }
  if (t->to_columns - x >= 2) { TILE(2) }
  if (t->to_columns - x >= 1) { TILE(1) }
#undef TILE
}

INLINE void NAMED(tap_image)(
    const int columns, const int stride, const NAMED(taps) *t, int image, int c) {
  vec weights[NAMED(most_taps)];
  for (int i = 0; i < t->tap_rows * t->tap_columns; i++)
    weights[i] = load(t->weights + (long)t->tap[i] * t->channels + c);
  NAMED(ring) ring = {(vec *)t->room, (t->to_columns - 1) * stride + columns, t->tap_rows, 0};
  for (int y = 0; y < t->to_rows; y++) {
    const int start = y * stride - t->top;
    int first = -start, last = t->from_rows - start;
    if (first < 0) first = 0;
    if (last > t->tap_rows) last = t->tap_rows;
    NAMED(advance)(
        &ring, start + last, t->from, image, c, t->from_columns, t->left, t->line);
    vec *rows[KERNEL_DEPTHWISE_MOST];
    for (int i = first; i < last; i++) rows[i] = NAMED(ring_row)(&ring, start + i, t->from_rows);
    float *to = NAMED(row_of)(t->to, image, y) + c;
    NAMED(tap_row)(columns, stride, rows, first, last, weights, t, c, to);
    if (!t->moments) continue;
    vec sum = splat(0), squares = splat(0);
    for (int x = 0; x < t->to_columns; x++, to += t->to.pixel) {
      const vec value = load(to);
      sum += value;
      squares += value * value;
    }
    add_to(t->moments + c, sum);
    add_to(t->moments + t->channels + c, squares);
  }
}

#define EACH(columns, stride)                                                                      \
  for (int n = 0; n < t->images; n++)                                                              \
    for (int c = 0; c < t->channels; c += LANES) NAMED(tap_image)(columns, stride, t, n, c)

static void NAMED(sum_taps)(const NAMED(taps) *t) {
  if (t->moments)
    for (int i = 0; i < 2 * t->channels; i++) t->moments[i] = 0;
  switch (10 * t->stride + t->tap_columns) {
    case 11: EACH(1, 1); break;
    case 12: EACH(2, 1); break;
    case 13: EACH(3, 1); break;
    case 15: EACH(5, 1); break;
    case 23: EACH(3, 2); break;
    case 25: EACH(5, 2); break;
  }
}
#undef EACH

static void NAMED(convolve_depthwise)(
    const kernel_depthwise *d, const kernel_ending *ending, double *moments) {
  NAMED(taps) taps = {
      d->input, d->rows, d->columns, &d->line, d->output, d->output_rows, d->output_columns,
      d->images, d->channels, d->stride, d->top, d->left, d->kernel, d->kernel, d->weights};
  for (int i = 0; i < d->kernel * d->kernel; i++) taps.tap[i] = i;
  taps.ending = ending;
  taps.moments = moments;
  taps.room = d->room;
  NAMED(sum_taps)(&taps);
}

// The taps of a kernel's side that reach inputs of one parity, and where the first of them looks.
INLINE int NAMED(side_taps)(const kernel_depthwise *d, int parity, int before, int *taps, int *first) {
  int count = 0;
  for (int k = d->kernel - 1; k >= 0; k--) {
    if ((parity + before - k) % d->stride != 0) continue;
    if (!count) *first = (k - parity - before) / d->stride;
    taps[count++] = k;
  }
  return count;
}

// The input's gradient at the pixels of each parity is a sum over their own few taps, of stride 1.
static void NAMED(depthwise_back)(const kernel_depthwise *d, bool accumulates) {
  for (int py = 0; py < d->stride && py < d->rows; py++)
    for (int px = 0; px < d->stride && px < d->columns; px++) {
      int rows[KERNEL_DEPTHWISE_MOST], columns[KERNEL_DEPTHWISE_MOST];
      NAMED(taps) taps = {d->output, d->output_rows, d->output_columns};
      taps.tap_rows = NAMED(side_taps)(d, py, d->top, rows, &taps.top);
      taps.tap_columns = NAMED(side_taps)(d, px, d->left, columns, &taps.left);
      for (int i = 0; i < taps.tap_rows; i++)
        for (int j = 0; j < taps.tap_columns; j++)
          taps.tap[i * taps.tap_columns + j] = rows[i] * d->kernel + columns[j];
      taps.to = d->input;
      taps.to.start += py * d->input.row + px * d->input.pixel;
      taps.to.row *= d->stride;
      taps.to.pixel *= d->stride;
      taps.to_rows = (d->rows - py + d->stride - 1) / d->stride;
      taps.to_columns = (d->columns - px + d->stride - 1) / d->stride;
      taps.images = d->images;
      taps.channels = d->channels;
      taps.stride = 1;
      taps.weights = d->weights;
      taps.accumulates = accumulates;
      taps.room = d->room;
      NAMED(sum_taps)(&taps);
    }
}

// Sums for `together` rows of taps over a row of the output's gradient.
INLINE void NAMED(weigh_row)(
    const int together, const int kernel, const int stride, vec *const *rows, const float *gradient,
    long pixel, int columns, vec *sums) {
  vec sum[NAMED(most_taps)];
  UNROLL for (int i = 0; i < together * kernel; i++) sum[i] = sums[i];
  for (int x = 0; x < columns; x++, gradient += pixel) {
    const vec g = load(gradient);
    UNROLL for (int i = 0; i < together; i++)
      UNROLL for (int j = 0; j < kernel; j++)
        sum[i * kernel + j] += rows[i][x * stride + j] * g;
  }
  UNROLL for (int i = 0; i < together * kernel; i++) sums[i] = sum[i];
}

// Sums are taken image by image: over a whole batch the rounding of single precision would add up.
INLINE void NAMED(weigh_image)(
    const int kernel, const int together, const int stride, const kernel_depthwise *d, int image,
    int c) {
  vec sums[NAMED(most_taps)];
  for (int i = 0; i < kernel * kernel; i++) sums[i] = splat(0);
  const int length = (d->output_columns - 1) * stride + kernel;
  NAMED(ring) ring = {(vec *)d->room, length, kernel, 0};
  for (int i = 0; i < length; i++) ring.room[kernel * length + i] = splat(0);
  for (int y = 0; y < d->output_rows; y++) {
    const int start = y * stride - d->top;
    const int end = start + kernel < d->rows ? start + kernel : d->rows;
    NAMED(advance)(&ring, end, d->input, image, c, d->columns, d->left, &d->line);
    vec *rows[KERNEL_DEPTHWISE_MOST];
    for (int i = 0; i < kernel; i++) rows[i] = NAMED(ring_row)(&ring, start + i, d->rows);
    const float *gradient = NAMED(row_of)(d->output, image, y) + c;
    for (int i = 0; i < kernel; i += together)
      NAMED(weigh_row)(
          together, kernel, stride, rows + i, gradient, d->output.pixel, d->output_columns,
          sums + i * kernel);
  }
  for (int i = 0; i < kernel * kernel; i++) {
    float *weight = d->weights + (long)i * d->channels + c;
    store(weight, load(weight) + sums[i]);
  }
}

#if WIDE_TILES
#define TOGETHER 5
#else
#define TOGETHER 1
#endif
#define EACH(kernel, together, stride)                                                             \
  for (int n = 0; n < d->images; n++)                                                              \
    for (int c = 0; c < d->channels; c += LANES)                                                   \
      NAMED(weigh_image)(kernel, together, stride, d, n, c)

static void NAMED(depthwise_weight_gradient)(const kernel_depthwise *d) {
  switch (10 * d->stride + d->kernel) {
    case 13: EACH(3, 3, 1); break;
    case 15: EACH(5, TOGETHER, 1); break;
    case 23: EACH(3, 3, 2); break;
    case 25: EACH(5, TOGETHER, 2); break;
  }
}
#undef EACH
#undef TOGETHER
