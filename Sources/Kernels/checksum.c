// A fast check sum: FNV-1a over words of eight bytes instead of single ones.
#include "kernels.h"

#include <string.h>

uint64_t kernel_checksum(const void *bytes, long count) {
  uint64_t sum = 0xCBF29CE484222325u ^ (uint64_t)count;
  for (long at = 0; at < count; at += 8) {
    uint64_t word = 0;
    memcpy(&word, (const char *)bytes + at, count - at < 8 ? (size_t)(count - at) : 8);
    // The shift brings high bits down, where the product alone would never carry them.
    sum = (sum ^ word) * 0x00000100000001B3u;
    sum ^= sum >> 29;
  }
  return sum;
}
