// Unpacking of gzip files (RFC 1952) whose content is deflated (RFC 1951), from memory to memory.
#include "kernels.h"

#include <string.h>

typedef struct {
  const uint8_t *next, *end;
  uint64_t bits;  // the lowest bit comes first
  int count;
  bool broken;  // read past the end
} bit_source;

static uint32_t take(bit_source *source, int count) {
  while (source->count < count) {
    if (source->next == source->end) {
      source->broken = true;
      return 0;
    }
    source->bits |= (uint64_t)*source->next++ << source->count;
    source->count += 8;
  }
  const uint32_t value = (uint32_t)(source->bits & ((1ull << count) - 1));
  source->bits >>= count;
  source->count -= count;
  return value;
}

// A Huffman code: how many symbols have each length, and the symbols in the order of their codes.
typedef struct {
  uint16_t count[16], symbol[288];
} huffman;

static bool build(huffman *code, const uint8_t *lengths, int symbols) {
  memset(code->count, 0, sizeof code->count);
  for (int s = 0; s < symbols; s++) code->count[lengths[s]]++;
  code->count[0] = 0;
  int left = 1;
  uint16_t offset[16] = {0};
  for (int length = 1; length < 16; length++) {
    left = 2 * left - code->count[length];
    if (left < 0) return false;  // more codes than bits can tell apart
    if (length < 15) offset[length + 1] = offset[length] + code->count[length];
  }
  for (int s = 0; s < symbols; s++)
    if (lengths[s]) code->symbol[offset[lengths[s]]++] = (uint16_t)s;
  return true;
}

// Walks the canonical code one bit at a time: `first` is the first code of a length, `index` its place.
static int decode(bit_source *source, const huffman *code) {
  int value = 0, first = 0, index = 0;
  for (int length = 1; length < 16; length++) {
    value |= (int)take(source, 1);
    const int count = code->count[length];
    if (value - count < first) return code->symbol[index + value - first];
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  source->broken = true;
  return 0;
}

static bool read_codes(bit_source *source, huffman *literals, huffman *distances) {
  static const uint8_t order[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                    11, 4,  12, 3, 13, 2, 14, 1, 15};
  const int literal_count = (int)take(source, 5) + 257, distance_count = (int)take(source, 5) + 1;
  const int length_count = (int)take(source, 4) + 4;
  uint8_t lengths[320] = {0};
  for (int i = 0; i < length_count; i++) lengths[order[i]] = (uint8_t)take(source, 3);
  if (!build(literals, lengths, 19)) return false;
  memset(lengths, 0, sizeof lengths);
  uint8_t all[320] = {0};
  for (int i = 0; i < literal_count + distance_count;) {
    const int symbol = decode(source, literals);
    if (source->broken) return false;
    if (symbol < 16) {
      all[i++] = (uint8_t)symbol;
      continue;
    }
    if (symbol == 16 && i == 0) return false;
    const uint8_t repeated = symbol == 16 ? all[i - 1] : 0;
    int times = symbol == 16 ? 3 + (int)take(source, 2)
        : symbol == 17       ? 3 + (int)take(source, 3)
                             : 11 + (int)take(source, 7);
    if (i + times > literal_count + distance_count) return false;
    while (times--) all[i++] = repeated;
  }
  return build(literals, all, literal_count)
      && build(distances, all + literal_count, distance_count);
}

static void fixed_codes(huffman *literals, huffman *distances) {
  uint8_t lengths[288];
  for (int s = 0; s < 288; s++) lengths[s] = s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8;
  build(literals, lengths, 288);
  memset(lengths, 5, 30);
  build(distances, lengths, 30);
}

typedef struct {
  uint8_t *start;
  long count, room;
} byte_sink;

// One compressed block; 0 when it ended well, else the error of kernel_gunzip.
static long unpack_block(
    bit_source *source, byte_sink *sink, const huffman *literals, const huffman *distances) {
  static const uint16_t length_from[29] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,
                                           15, 17, 19, 23, 27, 31, 35, 43, 51,  59,
                                           67, 83, 99, 115, 131, 163, 195, 227, 258};
  static const uint8_t length_bits[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                          2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
  static const uint16_t distance_from[30] = {
      1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
      193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
  for (;;) {
    const int symbol = decode(source, literals);
    if (source->broken || symbol > 285) return -1;
    if (symbol == 256) return 0;
    if (symbol < 256) {
      if (sink->count == sink->room) return -2;
      sink->start[sink->count++] = (uint8_t)symbol;
      continue;
    }
    const int place = symbol - 257;
    const long length = length_from[place] + (long)take(source, length_bits[place]);
    const int far = decode(source, distances);
    if (source->broken || far > 29) return -1;
    const long distance = distance_from[far] + (long)take(source, far < 2 ? 0 : far / 2 - 1);
    if (source->broken || distance > sink->count) return -1;
    if (sink->count + length > sink->room) return -2;
    for (long i = 0; i < length; i++, sink->count++)
      sink->start[sink->count] = sink->start[sink->count - distance];
  }
}

static long copy_stored(bit_source *source, byte_sink *sink) {
  take(source, source->count & 7);
  const uint32_t count = take(source, 16), inverse = take(source, 16);
  if (source->broken || (count ^ inverse) != 0xFFFF) return -1;
  if (sink->count + (long)count > sink->room) return -2;
  for (uint32_t i = 0; i < count; i++) sink->start[sink->count++] = (uint8_t)take(source, 8);
  return source->broken ? -1 : 0;
}

static long inflate(bit_source *source, byte_sink *sink) {
  huffman literals, distances;
  for (bool last = false; !last;) {
    last = take(source, 1);
    const uint32_t kind = take(source, 2);
    long error = -1;
    if (kind == 0) {
      error = copy_stored(source, sink);
    } else if (kind == 1) {
      fixed_codes(&literals, &distances);
      error = unpack_block(source, sink, &literals, &distances);
    } else if (kind == 2 && read_codes(source, &literals, &distances)) {
      error = unpack_block(source, sink, &literals, &distances);
    }
    if (error) return error;
  }
  return sink->count;
}

// The check sum of RFC 1952, by a table of nibbles.
static uint32_t check_sum(const uint8_t *bytes, long count) {
  uint32_t table[16];
  for (uint32_t i = 0; i < 16; i++) {
    uint32_t c = i;
    for (int bit = 0; bit < 4; bit++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  uint32_t sum = 0xFFFFFFFFu;
  for (long i = 0; i < count; i++) {
    sum = (sum >> 4) ^ table[(sum ^ bytes[i]) & 15];
    sum = (sum >> 4) ^ table[(sum ^ (bytes[i] >> 4)) & 15];
  }
  return ~sum;
}

static uint32_t little_endian(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

// The bytes before the content: ten fixed ones, then an extra field, a name, a comment and a check as flagged.
static long header_count(const uint8_t *packed, long count) {
  if (count < 18 || packed[0] != 0x1F || packed[1] != 0x8B || packed[2] != 8) return -1;
  const uint8_t flags = packed[3];
  long at = 10;
  if (flags & 4) at += 2 + packed[at] + 256L * packed[at + 1];
  for (int text = 0; text < 2; text++)
    if (flags & (text == 0 ? 8 : 16)) {
      while (at < count && packed[at]) at++;
      at++;
    }
  if (flags & 2) at += 2;
  return at + 8 <= count ? at : -1;
}

long kernel_gunzip_count(const uint8_t *packed, long packed_count) {
  return packed_count < 18 ? -1 : (long)little_endian(packed + packed_count - 4);
}

long kernel_gunzip(const uint8_t *packed, long packed_count, uint8_t *room, long room_count) {
  const long header = header_count(packed, packed_count);
  if (header < 0) return -1;
  bit_source source = {packed + header, packed + packed_count - 8, 0, 0, false};
  byte_sink sink = {room, 0, room_count};
  const long count = inflate(&source, &sink);
  if (count < 0) return count;
  const uint8_t *trailer = packed + packed_count - 8;
  const bool whole = little_endian(trailer) == check_sum(room, count)
      && little_endian(trailer + 4) == (uint32_t)count;
  return whole ? count : -1;
}
