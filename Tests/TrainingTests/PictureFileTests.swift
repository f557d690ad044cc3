import Foundation
import Testing
import Training

/// Against Pillow's pixels, which Reference/pictures.py made.
struct PictureFileTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let file: Data
    let side: Int
    let pixels: Data

    var testDescription: String { name }
  }

  private struct Large: Decodable {
    let file: Data
    let side: Int
    let pixels: Data
  }

  private struct Reference: Decodable {
    let cases: [Case]
    let large: Large
  }

  private static func reference() throws -> Reference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "pictures.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  /// How far from Pillow's a pixel may be: formats that lose something are rounded by each decoder in its own way.
  private func tolerance(_ name: String) -> Int {
    if name.contains("inks") { return 3 }
    return name.contains("jpeg") || name == "webp" ? 2 : 1
  }

  @Test func `every kind of file is decoded upright and on white`() throws {
    let cases = try Self.reference().cases
    #expect(cases.count == 28)
    for expected in cases {
      let picture = try PictureFile(Array(expected.file), name: expected.name)
      let found = try #require(picture.square(side: expected.side, shorter: expected.side))
      let apart = zip(found, expected.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
      #expect(apart <= tolerance(expected.name), "\(expected.name): \(apart) of 255")
    }
  }

  @Test func `a transparent picture shows the ground that was asked for`() throws {
    let clear = try #require(Self.reference().cases.first { $0.name == "clear png" })
    func middle(_ ground: PictureGround) throws -> [UInt8] {
      let picture = try PictureFile(Array(clear.file), name: clear.name, on: ground)
      let square = try #require(picture.square(side: clear.side, shorter: clear.side))
      let place = 3 * (8 * clear.side + 8)
      return Array(square[place..<place + 3])
    }
    #expect(try middle(.white) == [255, 255, 255])
    #expect(try middle(.black) == [0, 0, 0])
    #expect(try middle(.grey) == [128, 128, 128])
  }

  @Test func `a large JPEG file is decoded at a smaller scale, and looks the same`() throws {
    let large = try Self.reference().large
    let whole = try PictureFile(Array(large.file), name: "whole")
    let reduced = try PictureFile(Array(large.file), name: "reduced", shorter: large.side)
    #expect(whole.rows == 480 && whole.columns == 640)
    #expect(reduced.rows == 120 && reduced.columns == 160)
    for picture in [whole, reduced] {
      let square = try #require(picture.square(side: large.side, shorter: large.side))
      let apart = zip(square, large.pixels).map { abs(Double($0) - Double($1)) }
      #expect(apart.reduce(0, +) / Double(apart.count) < 2)
    }
  }

  @Test func `cut short or damaged anywhere, a file is read or refused`() throws {
    for name in ["webp", "clear webp", "jpeg turned 6", "jpeg of four inks", "png turned 8"] {
      let whole = try #require(Self.reference().cases.first { $0.name == name }).file
      let bytes = [UInt8](whole)
      for count in 0..<bytes.count - 12 {
        #expect(throws: TrainingError.self, "\(name), \(count) bytes") {
          try PictureFile(Array(bytes[..<count]), name: "cut")
        }
      }
      for place in bytes.indices {
        var damaged = bytes
        damaged[place] ^= 0xFF
        do { _ = try PictureFile(damaged, name: "damaged") } catch is TrainingError {}
      }
    }
  }

  @Test(
    arguments: [
      ([0, 0, 0, 24] + Array("ftypheic".utf8), "a HEIC picture, as iPhones take them"),
      ([0, 0, 0, 24] + Array("ftypmif1".utf8), "heif-convert"),
      ([0, 0, 0, 24] + Array("ftypavif".utf8), "an AVIF picture"),
      (Array("GIF89a".utf8), "a GIF picture, which is not read; convert it to PNG or JPEG"),
      (Array("hello, world, I am a text".utf8), "no whole PNG, JPEG or WebP file"),
    ] as [([UInt8], String)]
  )
  func `what is not read is told by its kind, with what to do`(start: [UInt8], words: String) {
    let error = #expect(throws: TrainingError.self) { try PictureFile(start, name: "IMG_1") }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }
}
