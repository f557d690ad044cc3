import Foundation
import Notation
import TestSupport
import Testing

/// A folder of pictures as people bring them, from the check to the report.
struct PhotographTests {
  private struct File: Decodable {
    let name: String
    let file: Data
  }

  private struct Reference: Decodable {
    let cases: [File]
  }

  /// Two classes of one picture, turned eight ways by what Exif says, and two files that are no pictures.
  func makePhotos(in folder: URL) throws {
    let reference = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(components: "TrainingTests", "Reference", "pictures.json")
    let files = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: reference)).cases
    func file(_ name: String) throws -> Data { try #require(files.first { $0.name == name }).file }
    for (place, name) in ["left", "right"].enumerated() {
      let folder = folder.appending(components: "photos", name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for number in 1...4 {
        try file("jpeg turned \(4 * place + number)")
          .write(to: folder.appending(component: "\(number).jpg"))
      }
    }
    // Both are the fifth of their class, and so for validation: one is like nothing else, the other a copy of the first.
    let photos = folder.appending(component: "photos")
    try file("black and white png").write(to: photos.appending(path: "left/5.png"))
    try file("webp").write(to: photos.appending(path: "right/5.webp"))
    try Data([0, 0, 0, 24] + "ftypheic".utf8).write(to: photos.appending(path: "right/IMG_6.HEIC"))
    try file("jpeg").prefix(300).write(to: photos.appending(path: "left/6.jpg"))
  }

  private static let spec = """
    { "name": "sides",
      "settings": { "dataset": { "folder": "photos", "size": 16 }, "model": "mlp", "width": 8, "epochs": 3 },
      "axes": { "optimizer": ["adamw", "adam", "sgd"] }, "seeds": 2,
      "metrics": { "valid_loss": { "better": "lower", "delta": 0.2 } } }
    """

  @Test func `what cannot be used is listed by check and run, and counted in the report`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["sides.json": Self.spec])
      try makePhotos(in: url)
      let check = try folder.sweep("check sides.json").output
      for words in [
        "2 files in '", "left/6.jpg: it is no whole JPEG file",
        "right/IMG_6.HEIC: it is a HEIC picture",
        "1 validation picture of '", "right/5.webp is like left/1.jpg",
        "Levels 'adamw' and 'adam' of 'optimizer' gave identical results",
      ] {
        #expect(check.contains(words), "\(words)\n\(check)")
      }
      let run = try folder.sweep("run sides.json --quiet")
      #expect(run.exitCode == 0)
      #expect(run.errors.contains("Warning: 2 files in '"))
      #expect(run.errors.contains("left/6.jpg: it is no whole JPEG file"))
      let report = try folder.sweep("report sides --format md").output
      #expect(
        report.contains("2 files of the folder could not be read as pictures and are in no run.")
      )
      #expect(report.contains("images were not decoded again"))
    }
  }

  @Test func `a class with too few pictures is refused before anything runs, with all reasons`()
    throws
  {
    try withTemporaryFolder { url in
      let few = Self.spec.replacing(#""size": 16"#, with: #""size": 16, "minimum": 6"#)
      let folder = try SweepFolder(url, files: ["sides.json": few])
      try makePhotos(in: url)
      let run = try folder.sweep("run sides.json --quiet")
      #expect(run.exitCode == 64)
      #expect(run.errors.contains("every class needs at least 6 pictures that can be read"))
      #expect(run.errors.contains("'left' has 5, 'right' has 5; left out: "))
      #expect(run.errors.contains("IMG_6.HEIC"))
    }
  }

  @Test
  func `a body that is not there is refused before anything runs, with the command that makes it`()
    throws
  {
    try withTemporaryFolder { url in
      let spec = Self.spec
        .replacing(#""size": 16 }, "model": "mlp", "width": 8,"#, with: #""size": 64 },"#)
        .replacing(#""optimizer": ["adamw", "adam", "sgd"]"#, with: #""body": ["none", "lite0"]"#)
      let folder = try SweepFolder(url, files: ["sides.json": spec])
      try makePhotos(in: url)
      // Beside the built program there may be the body.
      let lonely = url.appending(component: "sweep")
      try FileManager.default.copyItem(at: SweepBinary.url, to: lonely)
      let run = try SweepBinary.run(["run", "sides.json"], in: folder.url, executable: lonely)
      #expect(run.exitCode == 64)
      #expect(
        run.errors
          == "Error: The body 'lite0' is not there: 'make bodies' in the program's folder makes "
          + "'bodies/lite0.safetensors', which may also lie beside the program.\n"
      )
      #expect(try folder.sweep("status").output.contains("sides") == false)
    }
  }
}
