// The hot loops of the trainer and the data that ships inside the program.
//
// Every loop is compiled once per instruction set (AVX-512, AVX2 and the compiler's baseline, which is NEON
// on ARM64) from one source and chosen at the first call. Each sum is taken in an order that depends on
// shapes alone, never on the width of a vector or the size of a tile, so AVX-512 and AVX2 give the same
// bits; a processor without fused multiply-add may differ in the last ones.
//
// Letters: N images, H rows, W columns, C channels. Images are stored N, H, W, C with channels padded by
// zeros to a multiple of KERNEL_CHANNELS. Strides count floats.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// Channel counts of everything but a network's input are multiples of this: the widest vector.
#define KERNEL_CHANNELS 16

// The instruction set in use: "avx512", "avx2" or "baseline".
const char *kernel_name(void);

// Has this thread use an instruction set from now on; false where this processor does not have it.
bool kernel_choose(const char *name);

// A view of pixels: the first one and the strides to the next image, row and pixel.
typedef struct {
  float *start;
  long image, row, pixel;
} kernel_pixels;

// What a layer ends in: the number itself, max(0, x), or that and at most 6.
typedef enum { KERNEL_IDENTITY, KERNEL_RELU, KERNEL_RELU6 } kernel_activation;

// What becomes of a sum before it is written: activation(sum + shift + residual).
typedef struct {
  const float *shift;      // per channel
  kernel_pixels residual;  // start is null for none
  kernel_activation activation;
} kernel_ending;

// How a value is read: activation(value * scale + shift), or as it is where scale is null.
typedef struct {
  const float *scale, *shift;  // per channel
  kernel_activation activation;
} kernel_line;

// Sums of products over the taps of a window: dense layers, convolutions and their data gradients.
//
// output[n][y][x][c] (+)= sum over taps t and k < tap_length of input[n][y][x][offset[t] + k] * weights[t][k][c]
//
// weights are panels made by kernel_pack for the same columns.
typedef struct {
  kernel_pixels input;
  const long *tap_offset;
  int taps, tap_length;
  const float *panels;
  // The columns that the panels were packed for.
  int panel_columns;
  kernel_pixels output;
  int images, rows, columns, channels;
  // Adds to what the output holds instead of replacing it.
  bool accumulates;
  // The first row's first tap, the last row's last tap read only zeros and can be left out.
  bool skips_first, skips_last;
  // Null for the bare sum.
  const kernel_ending *ending;
} kernel_window_sums;
void kernel_sum_windows(const kernel_window_sums *sums);

// Rearranges weights (depth, channels) into the panels kernel_sum_windows reads for rows of so many columns.
void kernel_pack(const float *weights, int depth, int channels, int columns, float *panels);

// The same from weights (channels, depth), both multiples of 4.
void kernel_pack_transposed(
    const float *weights, int depth, int channels, int columns, float *panels);

// Writes a matrix (rows, columns), both multiples of 4, as (columns, rows).
void kernel_transpose(const float *from, int rows, int columns, float *to);

// Weight gradients: gradient[m][c] += sum over pixels of input[pixel][m] * output_gradient[pixel][c].
typedef struct {
  kernel_pixels input;
  int depth;
  kernel_pixels output_gradient;
  int channels;
  int images, rows, columns;
  float *gradient;
} kernel_outer_sums;
void kernel_sum_outer_products(const kernel_outer_sums *sums);

// A convolution of any kernel size, stride, padding and number of groups, by its definition: each output
// channel reads the input channels of its own group, and pixels beyond the input are 0.
//
// output[n][y][x][o] = sum of input[n][y * stride + ky - top][x * stride + kx - left][i] * weights[ky][kx][i][o]
typedef struct {
  kernel_pixels input, output;
  // (kernel, kernel, input channels of a group, weight_channels), of which the output's channels are used.
  float *weights;
  int weight_channels;
  int images, rows, columns, channels;
  int output_rows, output_columns, output_channels;
  int kernel, stride, top, left, groups;
} kernel_convolution;
void kernel_convolve(const kernel_convolution *convolution);

// The input's gradient from the output's, each in the place of its values.
void kernel_convolve_back(const kernel_convolution *convolution, bool accumulates);

// Adds to the weights' gradient, in the place of the weights, from the input and the output's gradient.
void kernel_convolve_weight_gradient(const kernel_convolution *convolution);

// A convolution of each channel by itself, channels being padded ones and the same in and out.
//
// output[n][y][x][c] = sum of input[n][y * stride + ky - top][x * stride + kx - left][c] * weights[ky][kx][c]

// The largest kernel; the others are of 3. Strides are 1 and 2.
#define KERNEL_DEPTHWISE_MOST 5

typedef struct {
  kernel_pixels input, output;
  // How the input is read on the way forward and for the weights' gradient.
  kernel_line line;
  float *weights;
  int images, rows, columns, channels;
  int output_rows, output_columns;
  int kernel, stride, top, left;
  // On a boundary of 64 bytes: (kernel + 1) * (columns + 2 * kernel + stride) * KERNEL_CHANNELS floats.
  float *room;
} kernel_depthwise;

// ending is null for the bare sums, whose residual is not read; moments too, or gets those of the output as
// kernel_channel_moments sums them.
void kernel_convolve_depthwise(
    const kernel_depthwise *convolution, const kernel_ending *ending, double *moments);

// The input's gradient from the output's, each in the place of its values.
void kernel_depthwise_back(const kernel_depthwise *convolution, bool accumulates);

// Adds to the weights' gradient, in the place of the weights, from the input and the output's gradient.
void kernel_depthwise_weight_gradient(const kernel_depthwise *convolution);

// Winograd's scheme for 3 × 3 convolutions of stride 1, exact but for rounding. Channels of input and output
// are padded ones.

// The columns Winograd's panels are packed for, and the floats that transforms of several images may fill.
#define KERNEL_WINOGRAD_COLUMNS 64
#define KERNEL_WINOGRAD_ROOM 120000
// Floats between the planes of a transform, which without them would meet in the same lines of the cache.
#define KERNEL_WINOGRAD_GAP 48

// The most places of a window: a tile of 4 × 4 pixels comes from 6 × 6.
#define KERNEL_WINOGRAD_MOST_PLACES 36

typedef struct {
  // Pixels a tile is wide: 3, or 4, which takes fewer products and is less exact.
  int tile;
  // Windows start at the border's corner.
  kernel_pixels input;
  int input_channels;
  // Made by kernel_winograd_pack.
  const float *panels;
  kernel_pixels output;
  // At least a tile's rows and columns.
  int images, rows, columns, channels;
  bool accumulates;
  // The larger of KERNEL_WINOGRAD_ROOM and one image's transforms, and two gaps for each place.
  float *room;
} kernel_winograd;
void kernel_winograd_convolve(const kernel_winograd *convolution);

// Transforms weights (3, 3, input_channels, channels) to a panel for each of (tile + 2)² places.
void kernel_winograd_pack(
    int tile, const float *weights, int input_channels, int channels, float *panels);

// gradient (3, 3, input_channels, channels) += the weight gradient of that convolution.
typedef struct {
  int tile;
  kernel_pixels input;
  int input_channels;
  kernel_pixels output_gradient;
  int images, rows, columns, channels;
  float *gradient;
  float *room;
  // Room for input_channels · channels sums for each place.
  float *sums;
} kernel_winograd_gradient;
void kernel_winograd_weight_gradient(const kernel_winograd_gradient *gradient);

// The pixels that a loop passes over.
typedef struct {
  int images, rows, columns, channels;
} kernel_grid;

// Per channel, the sum (sums[c]) and the sum of squares (sums[channels + c]) over all pixels:
// single precision within a row of an image, double across rows and images.
void kernel_channel_moments(kernel_pixels values, kernel_grid grid, double *sums);

// What follows a linear map: output = activation(value * scale + shift + residual).
typedef struct {
  kernel_pixels value;
  const float *scale, *shift;  // per channel
  kernel_pixels residual;      // start is null for none
  kernel_pixels output;
  kernel_grid grid;
  kernel_activation activation;
} kernel_affine;
void kernel_apply_affine(const kernel_affine *affine);

// Where an activation after a linear map lets a gradient through. Its result tells, which is read from the
// output or, without a residual, worked out anew from the value, which is less to read.
typedef struct {
  kernel_activation activation;
  kernel_pixels output;
  const float *scale, *shift;  // of the value; null where the output is to be read
} kernel_mask;

// The gradient before the activation, and its sums per channel.
//
// masked = output_gradient where the mask lets it through;
// sums[c] = sum of masked, sums[channels + c] = sum of masked * value.
typedef struct {
  kernel_pixels output_gradient;
  kernel_mask mask;
  kernel_pixels value;   // start is null where neither the second sum nor the mask wants it
  kernel_pixels masked;  // where to write it, which may be output_gradient itself; start is null for nowhere
  kernel_grid grid;
} kernel_masking;
void kernel_mask_gradient(const kernel_masking *masking, double *sums);

// value_gradient = masked * factors[c] + value * factors[channels + c] + factors[2 * channels + c], where
// masked is output_gradient where a mask with a scale lets it through, and everywhere by another mask.
typedef struct {
  kernel_pixels output_gradient, value, value_gradient;
  kernel_mask mask;
  const float *factors;
  kernel_grid grid;
} kernel_normal_gradient;
void kernel_apply_normal_gradient(const kernel_normal_gradient *gradient);

// Means over a grid of windows, as adaptive average pooling lays them: window i of `cells` covers the rows
// from floor(i * rows / cells) to ceil((i + 1) * rows / cells). The output is (images, cells, cells, channels).
void kernel_pool(
    kernel_pixels input, int images, int rows, int columns, int channels, int cells, float *output);

// The gradient of kernel_pool, replacing what input_gradient holds.
void kernel_pool_gradient(
    const float *output_gradient, int images, int rows, int columns, int channels, int cells,
    kernel_pixels input_gradient);

// One step of Adam over a range of parameters. Decoupled decay multiplies by `keep` first; L2 decay adds
// `pull` * parameter to the gradient. rate and correction are already corrected for the moments' bias:
// parameter -= rate * first / (sqrt(second) * correction + epsilon).
typedef struct {
  float beta1, beta2, epsilon, rate, correction, keep, pull;
} kernel_adam;
void kernel_adam_step(
    const kernel_adam *step, long count, float *parameter, const float *gradient, float *first,
    float *second);

// One step of stochastic gradient descent with momentum: velocity = momentum * velocity + gradient
// (+ pull * parameter), parameter = keep * parameter - rate * velocity; Nesterov's steps by momentum * velocity +
// gradient (+ pull * parameter) instead.
typedef struct {
  float momentum, rate, keep, pull;
  bool looks_ahead;
} kernel_momentum;
void kernel_momentum_step(
    const kernel_momentum *step, long count, float *parameter, const float *gradient,
    float *velocity);

// output[i] = exp(input[i] - shift), by a polynomial that is the same on every processor; relative error
// under 2e-7. Arguments under -87 give 0.
void kernel_exponentials(const float *input, float shift, int count, float *output);

// What lies outside a picture: black, its outermost pixels, or its mirror image about their middles.
typedef enum { KERNEL_BLACK, KERNEL_EDGE, KERNEL_MIRROR } kernel_border;

// Samples a picture on a grid that was turned, scaled and moved, bilinearly.
//
// The source of output pixel (x, y), both counted from the middle, is
// (matrix[0] x + matrix[1] y + matrix[2], matrix[3] x + matrix[4] y + matrix[5]) from the middle.
void kernel_resample(
    const float *input, int rows, int columns, int channels, const float matrix[6],
    kernel_border border, float *output);

// Scales a window of a picture to the picture's own size, bilinearly; beyond the window its outermost pixels go on.
void kernel_enlarge(
    const float *input, int rows, int columns, int channels, int top, int left, int height,
    int width, float *output);

// Unpacks a gzip file held in memory into room for exactly as many bytes as it says; false where it is broken or
// truncated. The check sum and the length at the file's end are verified.
bool kernel_gunzip(const uint8_t *packed, long packed_count, uint8_t *room, long room_count);

// A file that is part of the program, by its name in the data folder, or in the folder of specs with "sweeps/" before
// it; start is null for an unknown name.
typedef struct {
  const uint8_t *start;
  long count;
} kernel_file;
kernel_file kernel_embedded(const char *name);

// The name of the file with this index, from 0; null after the last one.
const char *kernel_embedded_name(int index);

// A check sum of 64 bits that finds damage; it does not stand up to an opponent.
uint64_t kernel_checksum(const void *bytes, long count);

// What a picture's header says of it.
typedef struct {
  // As it is stored, before it is turned upright, and after a JPEG file's reduction.
  int rows, columns;
  // Whether the decoder holds all of it at once, whatever it is reduced to.
  bool is_held_whole;
} kernel_picture;

// Decodes a PNG, JPEG or WebP file held in memory to (rows, columns, 3): red, green, blue, on a ground where it is
// transparent. A JPEG file is decoded at 1/reduction of its sides (1, 2, 4 or 8). False where it is no whole one.
//
// Without pixels only the header is read, from the file's start. Not there on macOS.
bool kernel_read_picture(
    const uint8_t *file, long count, int reduction, const uint8_t ground[3],
    kernel_picture *picture, uint8_t *pixels);

// Scales a picture of (rows, columns, channels) until its shorter side has so many pixels and cuts a square out of
// the middle.
//
// output is (side, side, channels); false where there is no memory for it.
bool kernel_resize_and_crop(
    const uint8_t *pixels, int rows, int columns, int channels, int shorter, int side, uint8_t *output);
