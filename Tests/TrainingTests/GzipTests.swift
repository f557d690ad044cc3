import Testing
import Training

struct GzipTests {
  // printf 'hello hello hello\n' | gzip -n9
  private let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57,
    0xC8, 0x40, 0x90, 0x5C, 0x00, 0x3B, 0x7C, 0x8A, 0xDF, 0x12, 0x00, 0x00, 0x00,
  ]

  private func unpack(_ bytes: [UInt8]) throws -> String {
    String(
      decoding: try bytes.withUnsafeBufferPointer { try Gzip.unpack($0, name: "greeting") },
      as: UTF8.self
    )
  }

  @Test func `a gzip file unpacks to what was packed`() throws {
    #expect(try unpack(packed) == "hello hello hello\n")
  }

  @Test func `a file that is cut short or changed anywhere is refused`() {
    for place in packed.indices where !(4...9).contains(place) {
      #expect(throws: TrainingError.self) { try unpack(Array(packed[..<place])) }
      var changed = packed
      changed[place] ^= 0x10
      #expect(throws: TrainingError.self, "byte \(place)") { try unpack(changed) }
    }
  }
}
