// Unpacking of gzip files from memory to memory, by zlib.
#include "kernels.h"

#include <limits.h>
#include <zlib.h>

bool kernel_gunzip(const uint8_t *packed, long packed_count, uint8_t *room, long room_count) {
  if (packed_count > UINT_MAX || room_count > UINT_MAX) return false;
  z_stream stream = {
      .next_in = (Bytef *)packed,
      .avail_in = (uInt)packed_count,
      .next_out = room,
      .avail_out = (uInt)room_count};
  // 16 asks for gzip's header and trailer around the largest window.
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) return false;
  const bool ended = inflate(&stream, Z_FINISH) == Z_STREAM_END;
  inflateEnd(&stream);
  return ended && stream.avail_in == 0 && stream.avail_out == 0;
}
