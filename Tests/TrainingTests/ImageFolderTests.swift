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

  /// A folder with two classes of five pictures each, all alike.
  static func pictures() throws -> URL {
    try ImageFolderTests().folder(ending: "png", content: #require(Data(base64Encoded: png)))
  }

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

  @Test func `what cannot be read is left out and told, all at once`() throws {
    let whole = try #require(Data(base64Encoded: Self.png))
    let folder = try folder(ending: "png", content: whole)
    defer { try? FileManager.default.removeItem(at: folder) }
    func put(_ content: Data, _ name: String) throws {
      try content.write(to: folder.appending(path: name))
    }
    try put(whole.prefix(50), "cat/2.png")
    try put(Data(), "dog/3.png")
    try put(Data([0, 0, 0, 24] + "ftypheic".utf8), "dog/IMG_7.HEIC")
    try put(Data("not a picture".utf8), "dog/notes.txt")
    try put(Data("x".utf8), "dog/.DS_Store")
    try put(whole, "lost.png")
    let dataset = try load(folder)
    let told = try #require(dataset.pictures).leftOut
    #expect(
      told.map { $0.path.replacing(folder.path + "/", with: "") }
        == ["cat/2.png", "dog/3.png", "dog/IMG_7.HEIC", "dog/notes.txt", "lost.png"]
    )
    for (file, words) in zip(told, ["no whole PNG", "no whole", "HEIC", "no picture", "no class"]) {
      #expect(file.reason.contains(words), "\(file)")
    }
    #expect(dataset.train.labels == [0, 0, 0, 1, 1, 1])
    #expect(dataset.pictures?.train.count == 6)
  }

  @Test func `runs that share a cache leave out the same and tell the same`() throws {
    let whole = try #require(Data(base64Encoded: Self.png))
    let folder = try folder(ending: "png", content: whole)
    defer { try? FileManager.default.removeItem(at: folder) }
    try whole.prefix(50).write(to: folder.appending(path: "cat/2.png"))
    let source = PictureSource(folder: folder.path)
    let alone = try Dataset.load(.pictures(source))
    let other = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: other) }
    let shared = SharedFolder(path: other.path)
    #expect(try Dataset.load(.pictures(source), cache: shared) == alone)
    #expect(try Dataset.load(.pictures(source), cache: shared) == alone)
    try whole.write(to: folder.appending(path: "cat/2.png"))
    #expect(try Dataset.load(.pictures(source), cache: shared).train.count == alone.train.count + 1)
  }

  @Test func `a class with too few pictures is refused with what was left out`() throws {
    let whole = try #require(Data(base64Encoded: Self.png))
    let folder = try folder(ending: "png", content: whole)
    defer { try? FileManager.default.removeItem(at: folder) }
    for number in 2...5 {
      try whole.prefix(40).write(to: folder.appending(path: "cat/\(number).png"))
    }
    let error = #expect(throws: TrainingError.self) { try load(folder) }
    let words = try #require(error?.description)
    #expect(words.contains("at least 2 pictures that can be read ('minimum'), but 'cat' has 1"))
    #expect(words.contains("cat/5.png: it is no whole PNG file"))
    let few: JSON = ["folder": .string(folder.path), "size": 8, "minimum": 1]
    #expect(throws: Never.self) {
      try Dataset.load(TrainingSettings(["dataset": few]).dataset)
    }
  }

  @Test func `pictures of one person stay on one side of the split`() throws {
    let split = try PictureSplit(groups: "^[a-z]+")
    let people = ["anna", "bea", "carl", "dora", "emil"]
    let pictures = people.flatMap { person in (1...4).map { ("\(person)_\($0).jpg", $0 % 2) } }
    let chosen = split.validation(pictures.map { (name: $0.0, label: $0.1) })
    #expect(chosen.count == 4)
    #expect(Set(chosen.map { pictures[$0].0.prefix { $0 != "_" } }).count == 1)
    #expect(throws: TrainingError.self) { try PictureSplit(groups: "(") }
    // What is in parentheses is the group, and a name that does not match is one of its own.
    let inner = try PictureSplit(groups: "^[0-9]+_([a-z]+)")
    let names = ["1_anna.jpg", "2_anna.jpg", "3_bea.jpg", "4_bea.jpg", "x.jpg"]
    let part = Set(inner.validation(names.map { (name: $0, label: 0) }).map { names[$0] })
    #expect(part.isEmpty || part == ["x.jpg"])
  }

  @Test func `a pattern that divides what is divided already is refused`() throws {
    let whole = try #require(Data(base64Encoded: Self.png))
    let folder = try folder(ending: "png", content: whole)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (from, to) in [("cat", "train/cat"), ("dog", "valid/cat")] {
      let place = folder.appending(path: to)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try FileManager.default.moveItem(at: folder.appending(component: from), to: place)
    }
    var source = PictureSource(folder: folder.path)
    #expect(try Dataset.load(.pictures(source)).train.count == 5)
    source.groups = "^[a-z]+"
    let error = #expect(throws: TrainingError.self) { try Dataset.load(.pictures(source)) }
    #expect(
      error?.description.contains("divided already, by its folders 'train' and 'valid'") == true
    )
  }

  @Test func `a table says what pictures are: classes, traits or numbers`() throws {
    func table(_ text: String) throws -> PictureTable {
      try PictureTable(Array(text.utf8), name: "labels.csv")
    }
    let classes = try table("file,animal,split\n1.png,dog,train\n2.png,cat,valid\n")
    #expect(classes.labelling == .classes(["cat", "dog"]))
    #expect(
      classes.rows.map(\.label) == [1, 0] && classes.rows.map(\.split) == ["train", "valid"]
    )
    let traits = try table("file;round;red\n1.png;yes;0\n2.png;1;no\n3.png;TRUE;0\n")
    #expect(traits.labelling == .traits(["round", "red"], byLabel: [[true, false]]))
    let numbers = try table("file,age\n1.png,3.5\n2.png,70\n")
    #expect(numbers.labelling == .numbers && numbers.rows.map(\.number) == [3.5, 70])
    for (text, words) in [
      ("name,age\n1.png,3\n", "no column 'file'"), ("file\n1.png\n", "no column of labels"),
      ("file,a\n1.png,\n", "line 2: nothing under 'a'"),
      ("file,a,split\n1.png,x,dev\n", "line 2: 'dev' is none of"),
      ("file,a,b\n1.png,1,0\n2.png,1,maybe\n", "line 3: 'maybe' under 'b' is neither yes nor no"),
    ] {
      let error = #expect(throws: TrainingError.self) { try table(text) }
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
  }

  @Test func `a regression on pictures learns from standardized numbers`() throws {
    let whole = try #require(Data(base64Encoded: Self.png))
    let folder = try folder(ending: "png", content: whole)
    defer { try? FileManager.default.removeItem(at: folder) }
    var text = "file,age,split\n"
    for (number, age) in [10, 20, 30, 40].enumerated() {
      text += "cat/\(number + 1).png,\(age),\(number < 3 ? "train" : "valid")\n"
    }
    text += "cat/9.png,50,train\n"
    let labels = folder.appending(component: "labels.csv")
    try Data(text.utf8).write(to: labels)
    let setting: JSON = [
      "folder": .string(folder.path), "size": 8, "labels": .string(labels.path),
    ]
    let settings: JSONObject = [
      "dataset": setting, "model": "mlp", "batch_norm": false, "epochs": 1, "augmentation": "light",
    ]
    let dataset = try Dataset.load(TrainingSettings(settings).dataset)
    #expect(dataset.ownTask == .regression)
    let deviation: Float = 8.164_966
    #expect(
      zip(dataset.train.numbers, [-10, 0, 10]).allSatisfy { abs($0 - $1 / deviation) < 1e-6 }
    )
    #expect(abs(dataset.valid.numbers[0] - 20 / deviation) < 1e-6)
    #expect(dataset.pictures?.leftOut.first?.reason.contains("though line 6 names it") == true)
    var metrics: [String] = []
    try train(TrainingSettings(settings), seed: 0) { event in
      if case .final(let values, _) = event { metrics = values.map(\.name) }
    }
    #expect(metrics.contains("mse") && metrics.contains("left_out_files"))
  }

  @Test func `almost the same picture on both sides of the split is found`() throws {
    func set(_ pictures: [[UInt8]]) -> ExampleSet {
      ExampleSet(
        rows: 18,
        columns: 18,
        channels: 1,
        pixels: Pixels(pictures.flatMap { $0 }),
        labels: pictures.map { _ in 0 }
      )
    }
    func picture(_ value: (Int, Int) -> Int) -> [UInt8] {
      (0..<324).map { UInt8(clamping: value($0 % 18, $0 / 18)) }
    }
    let wave = picture { 100 + 11 * (($0 / 2 * 7 + $1 / 2 * 5) % 9) }
    let other = picture { 100 + 11 * (($0 / 2 * 4 + $1 / 2 * 2) % 9) }
    let brighter = wave.map { $0 + 6 }
    let darker = wave.map { $0 - 60 }
    let flat = picture { _, _ in 255 }
    let found = NearDuplicates.pairs(
      training: set([other, wave]),
      validation: set([brighter, darker, flat, other])
    )
    #expect(found.map(\.training) == [1, 0] && found.map(\.validation) == [0, 3])
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
        + "it has 30000 × 30000 pixels, more than 50 million."
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
    #expect(error?.description.contains("it has no PNG, JPEG or WebP pictures") == true)
  }
}
