import Foundation
import Notation
import Testing
import Training

struct ImageFolderTests {
  /// 12 × 8 pixels of red 200, green 100, blue 50.
  private static let png =
    "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAIAAABChommAAAAEUlEQVR4nGM4kWJEEDGMKgIAHtyDQVdyvHUA"
    + "AAAASUVORK5CYII="

  /// The same as JPEG of 90 % quality.
  private static let jpeg =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQ"
    + "DQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQU"
    + "FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIAAwDAREAAhEBAxEB/8QAHwAAAQUBAQEB"
    + "AQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB"
    + "kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1"
    + "dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl"
    + "5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcF"
    + "BAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5"
    + "OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0"
    + "tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCpX4ef0gFA"
    + "H//Z"

  /// A folder with two classes of five pictures each.
  private func folder(ending: String, content: Data) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "pictures-\(UUID().uuidString)")
    for name in ["cat", "dog"] {
      let place = folder.appending(component: name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for number in 1...5 {
        try content.write(to: place.appending(component: "\(number).\(ending)"))
      }
    }
    return folder
  }

  private func load(_ folder: URL) throws -> Dataset {
    let setting: JSON = ["folder": .string(folder.path), "size": 8]
    return try Dataset.load(TrainingSettings(["dataset": setting]).dataset)
  }

  @Test(arguments: [("png", png), ("jpg", jpeg)])
  func `pictures by class are decoded, scaled and cut, every fifth for validation`(
    ending: String,
    content: String
  ) throws {
    let folder = try folder(ending: ending, content: #require(Data(base64Encoded: content)))
    defer { try? FileManager.default.removeItem(at: folder) }
    let dataset = try load(folder)
    #expect(dataset.outputNames(for: .single) == ["cat", "dog"])
    #expect(dataset.train.labels == [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(dataset.valid.labels == [0, 1])
    guard case .bytes(let pixels) = dataset.train.values else {
      Issue.record("pictures are not held as bytes")
      return
    }
    #expect(pixels.count == 8 * 8 * 8 * 3)
    // JPEG rounds colours.
    let isRight = pixels.withUnsafeBytes { bytes in
      bytes.enumerated().allSatisfy { abs(Int($1) - [200, 100, 50][$0 % 3]) <= 3 }
    }
    #expect(isRight)
  }

  @Test func `a picture that is cut short is named`() throws {
    let whole = try #require(Data(base64Encoded: Self.png))
    let folder = try folder(ending: "png", content: whole.prefix(50))
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: TrainingError.self) { try load(folder) }
    #expect(error?.description.contains("cat/1.png' cannot be read") == true)
  }

  /// The start of a PNG file of 30,000 × 30,000 pixels.
  private static let large =
    "iVBORw0KGgoAAAANSUhEUgAAdTAAAHUwCAIAAADpRW/tAAAACElEQVR4nAMAAAAAAUgGidIAAAAASUVORK5CYII="
    + ""

  @Test func `a picture that is too large is refused by its header`() throws {
    let file = try #require(Data(base64Encoded: Self.large))
    let error = #expect(throws: TrainingError.self) {
      try PictureFile(Array(file), name: "wall.png")
    }
    #expect(
      error?.description == "'wall.png' cannot be read: "
        + "it has 30000 × 30000 pixels, more than 100 million."
    )
  }

  @Test(arguments: [png, jpeg])
  func `a picture that is cut short anywhere is refused`(content: String) throws {
    let whole = try Array(#require(Data(base64Encoded: content)))
    _ = try PictureFile(whole, name: "whole")
    // Neither library misses the bytes that only say that the file ends.
    for count in 0..<whole.count - 12 {
      #expect(throws: TrainingError.self, "\(count) bytes") {
        try PictureFile(Array(whole[..<count]), name: "cut")
      }
    }
  }

  @Test(arguments: [png, jpeg])
  func `a picture that is damaged anywhere is read or refused`(content: String) throws {
    let whole = try Array(#require(Data(base64Encoded: content)))
    var refusals = 0
    for place in whole.indices {
      for change in [0x01, 0x10, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[place] ^= change
        do { _ = try PictureFile(damaged, name: "damaged") } catch is TrainingError {
          refusals += 1
        }
      }
    }
    #expect(refusals > 0)
  }

  @Test func `a folder without pictures is refused`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "pictures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(component: "cat"),
      withIntermediateDirectories: true
    )
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: TrainingError.self) { try load(folder) }
    #expect(error?.description.contains("it has no PNG or JPEG pictures") == true)
  }
}
