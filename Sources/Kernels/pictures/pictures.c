// PNG, JPEG and WebP files to pixels, by libpng, libjpeg and libwebp; on macOS the trainer asks the system instead.
#if !__APPLE__
#include "kernels.h"

#include <stdio.h>
// After stdio.h, whose FILE it needs.
#include <jpeglib.h>
#include <jerror.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>

// Red, green, blue and opacity to what they look like on a ground.
static void compose(const uint8_t *seen, const uint8_t ground[3], long pixels, uint8_t *output) {
  for (long i = 0; i < pixels; i++)
    for (int c = 0; c < 3; c++) {
      const int opacity = seen[4 * i + 3];
      output[3 * i + c] = (uint8_t)((seen[4 * i + c] * opacity + ground[c] * (255 - opacity) + 127) / 255);
    }
}

static bool read_png(
    const uint8_t *file, long count, kernel_picture *picture, const uint8_t ground[3],
    uint8_t *pixels) {
  png_image image = {.version = PNG_IMAGE_VERSION};
  if (!png_image_begin_read_from_memory(&image, file, (size_t)count)) return false;
  picture->rows = (int)image.height;
  picture->columns = (int)image.width;
  picture->is_held_whole = true;
  // Sixteen bits that say nothing of their scale would be taken to count light itself.
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  bool is_read = true;
  if (pixels && image.format & PNG_FORMAT_FLAG_ALPHA) {
    image.format = PNG_FORMAT_RGBA;
    uint8_t *seen = malloc(PNG_IMAGE_SIZE(image));
    is_read = seen && png_image_finish_read(&image, 0, seen, 0, 0);
    if (is_read) compose(seen, ground, (long)picture->rows * picture->columns, pixels);
    free(seen);
  } else if (pixels) {
    image.format = PNG_FORMAT_RGB;
    is_read = png_image_finish_read(&image, 0, pixels, 0, 0);
  }
  png_image_free(&image);
  return is_read;
}

// What libjpeg calls when it cannot go on, and the place to go to instead of its exit().
typedef struct {
  struct jpeg_error_mgr calls;
  jmp_buf escape;
} jpeg_errors;

static void give_up(j_common_ptr decoder) { longjmp(((jpeg_errors *)decoder->err)->escape, 1); }

// A warning says that data are missing or damaged and that what follows is made up. Bytes that belong to nothing are
// another matter: cameras leave some before the end.
static void give_up_when_damaged(j_common_ptr decoder, int level) {
  if (level < 0 && decoder->err->msg_code != JWRN_EXTRANEOUS_DATA) give_up(decoder);
}

// A row of four inks, as they are printed on white paper.
static void print(const uint8_t *inks, bool is_inverted, int columns, uint8_t *row) {
  for (int x = 0; x < columns; x++)
    for (int c = 0; c < 3; c++) {
      const int ink = inks[4 * x + c], black = inks[4 * x + 3];
      const int light = is_inverted ? ink * black : (255 - ink) * (255 - black);
      row[3 * x + c] = (uint8_t)((light + 127) / 255);
    }
}

static bool read_jpeg(
    const uint8_t *file, long count, int reduction, kernel_picture *picture, uint8_t *pixels) {
  struct jpeg_decompress_struct decoder = {0};
  jpeg_errors errors;
  decoder.err = jpeg_std_error(&errors.calls);
  errors.calls.error_exit = give_up;
  errors.calls.emit_message = give_up_when_damaged;
  if (setjmp(errors.escape)) {
    jpeg_destroy_decompress(&decoder);
    return false;
  }
  jpeg_create_decompress(&decoder);
  jpeg_mem_src(&decoder, file, (unsigned long)count);
  jpeg_read_header(&decoder, TRUE);
  const bool has_inks = decoder.num_components == 4;
  decoder.out_color_space = has_inks ? JCS_CMYK : JCS_RGB;
  decoder.scale_num = 1;
  decoder.scale_denom = (unsigned)reduction;
  jpeg_calc_output_dimensions(&decoder);
  picture->rows = (int)decoder.output_height;
  picture->columns = (int)decoder.output_width;
  picture->is_held_whole = jpeg_has_multiple_scans(&decoder);
  if (pixels) {
    jpeg_start_decompress(&decoder);
    const int columns = (int)decoder.output_width;
    JSAMPARRAY inks = decoder.mem->alloc_sarray(
        (j_common_ptr)&decoder, JPOOL_IMAGE, has_inks ? 4 * decoder.output_width : 1, 1);
    while (decoder.output_scanline < decoder.output_height) {
      JSAMPROW row = pixels + 3L * decoder.output_scanline * columns;
      jpeg_read_scanlines(&decoder, has_inks ? inks : &row, 1);
      if (has_inks) print(inks[0], decoder.saw_Adobe_marker, columns, row);
    }
    jpeg_finish_decompress(&decoder);
  }
  jpeg_destroy_decompress(&decoder);
  return true;
}

static bool read_webp(
    const uint8_t *file, long count, kernel_picture *picture, const uint8_t ground[3],
    uint8_t *pixels) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(file, (size_t)count, &features) != VP8_STATUS_OK) return false;
  // A film has no one picture.
  if (features.has_animation) return false;
  picture->rows = features.height;
  picture->columns = features.width;
  picture->is_held_whole = true;
  if (!pixels) return true;
  const long size = (long)features.height * features.width;
  const int channels = features.has_alpha ? 4 : 3;
  uint8_t *seen = features.has_alpha ? malloc((size_t)(4 * size)) : pixels;
  const bool is_read = seen
      && (features.has_alpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto)(
          file, (size_t)count, seen, (size_t)(channels * size), channels * features.width);
  if (is_read && features.has_alpha) compose(seen, ground, size, pixels);
  if (features.has_alpha) free(seen);
  return is_read;
}

bool kernel_read_picture(
    const uint8_t *file, long count, int reduction, const uint8_t ground[3],
    kernel_picture *picture, uint8_t *pixels) {
  static const uint8_t png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (count > 8 && !memcmp(file, png, 8)) return read_png(file, count, picture, ground, pixels);
  if (count > 2 && file[0] == 0xFF && file[1] == 0xD8)
    return read_jpeg(file, count, reduction, picture, pixels);
  if (count > 12 && !memcmp(file, "RIFF", 4) && !memcmp(file + 8, "WEBP", 4))
    return read_webp(file, count, picture, ground, pixels);
  return false;
}
#endif
