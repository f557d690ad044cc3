import Reports
import Testing

struct CRC32CTests {
  /// Reference: RFC 3720, appendix B.4; the last one is the check value of the polynomial's catalogues.
  @Test func `checksums are those of the published examples`() {
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(of: Array(0...31)) == 0x46DD_794E)
    #expect(CRC32C.checksum(of: Array((0...31).reversed())) == 0x113F_DB5C)
    #expect(CRC32C.checksum(of: Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.checksum(of: []) == 0)
  }
}
