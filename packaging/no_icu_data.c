// In the place of ICU's data, 34 MB of names of languages, currencies and days that this program never prints.
//
// Foundation is linked with ICU, and ICU takes its data from one symbol, whose name holds ICU's version. Where an object
// of ours defines it, the linker leaves the one in the archive alone. ICU reads a header and a table of contents; this
// one says that the table is empty. What needs data (formats of a locale, collation) then refuses, and what the program
// uses (ISO 8601, printf, JSON, paths) needs none: `Tests/Peers` runs with the archive's binary too.
//
// Reference: ICU, "ICU Data", and the layout of UDataInfo in unicode/udata.h.
#include <stdint.h>

struct data_header {
  uint16_t header_bytes;
  uint8_t magic[2];
  uint16_t info_bytes, reserved;
  uint8_t is_big_endian, is_ebcdic, character_bytes, also_reserved;
  uint8_t format[4], format_version[4], data_version[4];
  uint8_t padding[8];
  uint32_t entries, offset;
  uint32_t end[4];
};

__attribute__((visibility("default"), aligned(16))) const struct data_header ICU_DATA = {
    .header_bytes = 32,
    .magic = {0xda, 0x27},
    .info_bytes = 20,
    .is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
    .character_bytes = 2,
    .format = {'C', 'm', 'n', 'D'},
    .format_version = {1},
};
