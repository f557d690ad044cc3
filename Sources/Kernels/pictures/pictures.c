// PNG and JPEG files to pixels, by libpng and libjpeg; on macOS the trainer asks the system instead.
#if !__APPLE__
#include "kernels.h"

#include <stdio.h>
// After stdio.h, whose FILE it needs.
#include <jpeglib.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>

static bool read_png(const uint8_t *file, long count, int *rows, int *columns, uint8_t *pixels) {
  png_image image = {.version = PNG_IMAGE_VERSION};
  if (!png_image_begin_read_from_memory(&image, file, (size_t)count)) return false;
  *rows = (int)image.height;
  *columns = (int)image.width;
  image.format = PNG_FORMAT_RGB;
  static const png_color black = {0, 0, 0};  // what shines through where a picture is transparent
  const bool is_read = !pixels || png_image_finish_read(&image, &black, pixels, 0, 0);
  png_image_free(&image);
  return is_read;
}

// What libjpeg calls when it cannot go on, and the place to go to instead of its exit().
typedef struct {
  struct jpeg_error_mgr calls;
  jmp_buf escape;
} jpeg_errors;

static void give_up(j_common_ptr decoder) { longjmp(((jpeg_errors *)decoder->err)->escape, 1); }

// A warning says that data are missing or damaged and that what follows is made up.
static void give_up_when_damaged(j_common_ptr decoder, int level) {
  if (level < 0) give_up(decoder);
}

static bool read_jpeg(const uint8_t *file, long count, int *rows, int *columns, uint8_t *pixels) {
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
  *rows = (int)decoder.image_height;
  *columns = (int)decoder.image_width;
  if (pixels) {
    decoder.out_color_space = JCS_RGB;
    jpeg_start_decompress(&decoder);
    while (decoder.output_scanline < decoder.output_height) {
      JSAMPROW row = pixels + 3L * decoder.output_scanline * decoder.output_width;
      jpeg_read_scanlines(&decoder, &row, 1);
    }
    jpeg_finish_decompress(&decoder);
  }
  jpeg_destroy_decompress(&decoder);
  return true;
}

bool kernel_read_picture(
    const uint8_t *file, long count, int *rows, int *columns, uint8_t *pixels) {
  static const uint8_t png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (count > 8 && !memcmp(file, png, 8)) return read_png(file, count, rows, columns, pixels);
  if (count > 2 && file[0] == 0xFF && file[1] == 0xD8)
    return read_jpeg(file, count, rows, columns, pixels);
  return false;
}
#endif
