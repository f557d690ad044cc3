// PNG and JPEG files to pixels, by the system's libpng and libjpeg-turbo.
//
// They are opened when the first picture is read: nobody who brings no pictures needs them, and building needs
// no headers. The declarations are those of libpng 1.6's simplified interface (png.h, section 5) and of
// turbojpeg.h, which both libraries keep stable.
#include "kernels.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static void *opened(const char *const *names) {
  for (; *names; names++) {
    void *library = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
    if (library) return library;
  }
  return 0;
}

typedef struct {
  void *opaque;
  uint32_t version, width, height, format, flags, colormap_entries, warning_or_error;
  char message[64];
} png_image;

static long decode_png(const uint8_t *file, long count, int channels, kernel_picture *picture) {
  static const char *const names[] = {
      "libpng16.so.16", "libpng16.16.dylib", "/opt/homebrew/lib/libpng16.16.dylib",
      "/usr/local/lib/libpng16.16.dylib", 0};
  void *library = opened(names);
  if (!library) return KERNEL_NO_PNG;
  int (*begin)(png_image *, const void *, size_t) =
      (int (*)(png_image *, const void *, size_t))dlsym(library, "png_image_begin_read_from_memory");
  int (*finish)(png_image *, const void *, void *, int32_t, void *) =
      (int (*)(png_image *, const void *, void *, int32_t, void *))dlsym(
          library, "png_image_finish_read");
  void (*release)(png_image *) = (void (*)(png_image *))dlsym(library, "png_image_free");
  if (!begin || !finish || !release) return KERNEL_NO_PNG;
  png_image image = {.version = 1};
  if (!begin(&image, file, (size_t)count)) return KERNEL_BROKEN_PICTURE;
  image.format = channels == 3 ? 2 : 0;  // PNG_FORMAT_RGB or PNG_FORMAT_GRAY
  picture->rows = (int)image.height;
  picture->columns = (int)image.width;
  picture->pixels = malloc((size_t)image.width * image.height * (size_t)channels);
  static const uint8_t black[3] = {0, 0, 0};  // what shines through where a picture is transparent
  if (picture->pixels && finish(&image, black, picture->pixels, 0, 0)) return 0;
  release(&image);
  free(picture->pixels);
  picture->pixels = 0;
  return KERNEL_BROKEN_PICTURE;
}

typedef int (*jpeg_header)(
    void *, const unsigned char *, unsigned long, int *, int *, int *, int *);
typedef int (*jpeg_decompress)(
    void *, const unsigned char *, unsigned long, unsigned char *, int, int, int, int, int);

static long decode_jpeg(const uint8_t *file, long count, int channels, kernel_picture *picture) {
  static const char *const names[] = {
      "libturbojpeg.so.0", "libturbojpeg.0.dylib", "/opt/homebrew/lib/libturbojpeg.0.dylib",
      "/usr/local/lib/libturbojpeg.0.dylib", 0};
  void *library = opened(names);
  if (!library) return KERNEL_NO_JPEG;
  void *(*start)(void) = (void *(*)(void))dlsym(library, "tjInitDecompress");
  int (*end)(void *) = (int (*)(void *))dlsym(library, "tjDestroy");
  jpeg_header header = (jpeg_header)dlsym(library, "tjDecompressHeader3");
  jpeg_decompress decompress = (jpeg_decompress)dlsym(library, "tjDecompress2");
  if (!start || !end || !header || !decompress) return KERNEL_NO_JPEG;
  void *decoder = start();
  if (!decoder) return KERNEL_BROKEN_PICTURE;
  int subsampling, colorspace;
  long error = KERNEL_BROKEN_PICTURE;
  const unsigned long length = (unsigned long)count;
  if (!header(
          decoder, file, length, &picture->columns, &picture->rows, &subsampling, &colorspace)) {
    const int format = channels == 3 ? 0 : 6;  // TJPF_RGB or TJPF_GRAY
    picture->pixels = malloc((size_t)picture->columns * (size_t)picture->rows * (size_t)channels);
    if (picture->pixels
        && !decompress(
            decoder, file, length, picture->pixels, picture->columns, 0, picture->rows, format, 0))
      error = 0;
  }
  end(decoder);
  if (error) {
    free(picture->pixels);
    picture->pixels = 0;
  }
  return error;
}

long kernel_decode_picture(
    const uint8_t *file, long count, int channels, kernel_picture *picture) {
  memset(picture, 0, sizeof *picture);
  static const uint8_t png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (count > 8 && !memcmp(file, png, 8)) return decode_png(file, count, channels, picture);
  if (count > 2 && file[0] == 0xFF && file[1] == 0xD8)
    return decode_jpeg(file, count, channels, picture);
  return KERNEL_BROKEN_PICTURE;
}

void kernel_free_picture(kernel_picture *picture) {
  free(picture->pixels);
  picture->pixels = 0;
}
