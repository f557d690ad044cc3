import Charts
import Foundation
import Laboratory
import Notation
import Storage
import Sweeps
import TestSupport
import Testing
import Training

/// Networks that runs have kept, asked about pictures.
struct KeptNetworkTests {
  private static let spec = """
    { "name": "kept", "settings": { "train_size": 60, "epochs": 1, "evaluate_every": 0 },
      "axes": { "body": ["none", "letters"] }, "seeds": 2, "keep": ["weights", "probabilities"],
      "metrics": { "valid_loss": { "better": "lower", "delta": 0.02 } } }
    """

  /// Validation images of the digits as PNG files, by their index.
  private func pictures(_ indices: [Int], in folder: URL) throws -> [String] {
    let set = try Dataset.load(.bundled(.digits)).valid
    return try indices.map { index in
      var picture = Training.Picture(rows: set.rows, columns: set.columns, channels: 1)
      set.read(index, into: &picture)
      let bytes = picture.values.map { UInt8(($0 * 255).rounded()) }
      let file = folder.appending(component: "\(index).png")
      try Data(Self.png(bytes, width: set.columns)).write(to: file)
      return file.path
    }
  }

  /// A grey image as a PNG file of one stored block.
  private static func png(_ pixels: [UInt8], width: Int) -> [UInt8] {
    func big(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) } }
    func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
      let named = Array(name.utf8) + content
      let check = named.reduce(UInt32.max) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1) * 0xEDB8_8320 }
      }
      return big(UInt32(content.count)) + named + big(~check)
    }
    let height = pixels.count / width
    let lines = (0..<height).flatMap { [0] + pixels[$0 * width..<($0 + 1) * width] }
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in lines {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    let length = UInt16(lines.count)
    let sizes = [length, ~length].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", big(UInt32(width)) + big(UInt32(height)) + [8, 0, 0, 0, 0])
      + chunk("IDAT", [0x78, 0x01, 0x01] + sizes + lines + big(high << 16 | low))
      + chunk("IEND", [])
  }

  /// What a run wrote down about a validation image.
  private func written(_ index: Int, by run: Run, _ laboratory: Laboratory) throws -> [Float] {
    let path = "\(laboratory.results)/kept/runs/\(run.id)/probabilities.csv"
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    let fields = text.split(separator: "\n")[index + 1].split(separator: ",")
    #expect(fields[0] == "\(index)")
    return fields.dropFirst(2).compactMap { Float($0) }
  }

  @Test func `a validation picture gets from a kept network what its run said of it, to the bit`()
    async throws
  {
    try await withSweep(Self.spec) { laboratory, file, _ in
      let indices = [0, 5, 40]
      let pictures = try pictures(indices, in: file.deletingLastPathComponent())
      let records = try laboratory.runs(of: "kept", status: nil, .respectingPredictions).value
        .records
      #expect(records.count == 4)
      for record in records {
        let found = try laboratory.opinions(on: pictures, of: record.run.id, .respectingPredictions)
        let cells = try #require(found.value).cells
        #expect(cells.map(\.levels) == [record.run.levels])
        #expect(cells.map(\.seeds) == [[record.run.seed]])
        for (place, index) in indices.enumerated() {
          let said = cells[0].answer(on: place).means.map { Float($0) }
          #expect(said.count == 10)
          #expect(said == (try written(index, by: record.run, laboratory)))
        }
      }
      let all = try laboratory.opinions(on: pictures, of: "ke", .respectingPredictions)
      let cells = try #require(all.value).cells
      #expect(cells.map(\.levels) == [["none"], ["letters"]])
      for cell in cells {
        let runs = records.filter { $0.run.levels == cell.levels }
        #expect(cell.seeds == [0, 1])
        for (place, index) in indices.enumerated() {
          let rows = try runs.map { try written(index, by: $0.run, laboratory) }
          let means = zip(rows[0], rows[1]).map { (Double($0) + Double($1)) / 2 }
          let answer = cell.answer(on: place)
          #expect(answer.means == means)
          #expect(answer.probability == means.max())
          let own = rows.map { Double($0[answer.place]) }
          #expect(answer.range == min(own[0], own[1])...max(own[0], own[1]))
          #expect(
            answer.agreeing == rows.count { $0.firstIndex(of: $0.max() ?? 0) == answer.place }
          )
        }
      }
    }
  }

  @Test func `what a kept network says is kept back while a question is sealed`() async throws {
    let questions =
      #""questions": [{ "id": "q", "factor": "body", "from": "none", "to": "letters", "metric": "valid_loss" }], "metrics""#
    try await withSweep(Self.spec.replacing(#""metrics""#, with: questions)) {
      laboratory,
      file,
      _ in
      let pictures = try pictures([3], in: file.deletingLastPathComponent())
      func reveal() throws -> Date? {
        let store = try Store.reading(from: laboratory.results)
        return try store.firstReveal(of: store.sweep(matching: nil))
      }
      let sealed = try laboratory.opinions(on: pictures, of: "kept", .respectingPredictions)
      #expect(sealed.value == nil)
      #expect(!sealed.showsResults)
      let run = try laboratory.runs(of: nil, status: nil, .respectingPredictions).value.records[0]
      let ofRun = try laboratory.opinions(on: pictures, of: run.run.id, .respectingPredictions)
      #expect(ofRun.value == nil)
      let history = try laboratory.history(ofRun: run.run.id, .respectingPredictions)
      #expect(history.value.artifacts.isEmpty)
      #expect(try reveal() == nil)
      let shown = try laboratory.opinions(on: pictures, of: "kept", .revealing(by: "test"))
      #expect(shown.value?.cells.count == 2)
      #expect(shown.disclosures.map(\.act) == [.revealed(isWrittenDown: true)])
      #expect(try reveal() != nil)
    }
  }

  @Test func `a class asks the baseline and its neighbours, once nothing is sealed`() async throws {
    let axes = #""axes": { "dropout": [0, 0.5], "body": ["none", "letters"] }"#
    let question =
      #""questions": [{ "id": "q", "factor": "body", "from": "none", "to": "letters", "metric": "valid_loss" }], "metrics""#
    let spec = Self.spec.replacing(#""axes": { "body": ["none", "letters"] }"#, with: axes)
      .replacing(#""metrics""#, with: question)
    try await withSweep(spec) { laboratory, file, _ in
      let sealed = try laboratory.panel(of: "kept", .respectingPredictions)
      #expect(sealed.value == nil)
      #expect(sealed.disclosures.flatMap(\.sealedQuestions) == ["q"])
      let panel = try #require(try laboratory.panel(of: "kept", .revealing(by: "test")).value)
      #expect(panel.count == 6 && panel.knowsDrawings && panel.noun == "digit")
      let paths = try pictures([4], in: file.deletingLastPathComponent())
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: paths[0])))
      let plain = try panel.opinions(onSent: bytes, isDrawing: false)
      #expect(plain.cells.map(\.name) == ["baseline", "dropout 0.5", "body letters"])
      let asked = try laboratory.opinions(on: paths, of: "kept", .respectingPredictions).value
      for cell in plain.cells {
        let same = try #require(asked).cells.first { $0.levels == cell.levels }
        #expect(same?.answer(on: 0) == cell.answer(on: 0))
        #expect(cell.map(on: 0, peak: 1)?.width == 84 && same?.map(on: 0, peak: 1) == nil)
      }
      // A digit of the set is where a drawing is brought; its edges are softer, for it was enlarged on the way.
      let drawn = try panel.opinions(onSent: bytes, isDrawing: true)
      let apart = zip(drawn.cells[0].looks[0].pixels, plain.cells[0].looks[0].pixels)
        .reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(apart < 8_000, "\(apart)")
      let empty = Self.png([UInt8](repeating: 0, count: 784), width: 28)
      for (bytes, words) in [
        (empty, "nothing is drawn on it"),
        (Array("GIF89a".utf8), "it is a GIF picture, which is not read"),
        (Self.header(width: 3000, height: 2000), "more than 4 million"),
      ] {
        #expect {
          try panel.opinions(onSent: bytes, isDrawing: true)
        } throws: { "\($0)".contains(words) }
      }
    }
  }

  /// The head of a PNG file that says it is so large, and too little of the rest.
  private static func header(width: UInt32, height: UInt32) -> [UInt8] {
    var file = png([UInt8](repeating: 0, count: 784), width: 28)
    for (place, number) in [(16, width), (20, height)] {
      for byte in 0..<4 { file[place + byte] = UInt8(number >> (24 - 8 * UInt32(byte)) & 0xFF) }
    }
    let named = file[12..<29]
    let check = named.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1) * 0xEDB8_8320 }
    }
    for byte in 0..<4 { file[29 + byte] = UInt8(~check >> (24 - 8 * UInt32(byte)) & 0xFF) }
    return file
  }

  /// A run by hand in a folder, with what it keeps.
  private func kept(_ settings: TrainingSettings, in folder: URL) throws -> (
    TrainingSession, String
  ) {
    let session = try TrainingSession(settings, seed: 1)
    try session.run { _ in }
    let file = folder.appending(component: "w.safetensors")
    try Data(try session.kept().bytes).write(to: file)
    return (session, file.path)
  }

  @Test(arguments: ["head", "ridge", "full"])
  func `a frozen body is kept as its digest, and answers with the same bits`(tuning: String) throws
  {
    try withTemporaryFolder { folder in
      let settings = try TrainingSettings([
        "train_size": 60, "epochs": 1, "evaluate_every": 0, "body": "letters", "head": "linear",
        "tuning": .string(tuning),
      ])
      let (session, path) = try kept(settings, in: folder)
      let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
      #expect((size < 60_000) == (tuning != "full"), "\(size) bytes")
      let network = try KeptNetwork(path: path, settings: settings)
      let set = session.validation.set
      let said = network.answers(on: set)
      let table = session.probabilityTable.split(separator: "\n").dropFirst()
      #expect(table.count == said.count)
      for (line, row) in zip(table, said) {
        #expect(line.split(separator: ",").dropFirst(2).map { Float($0) ?? -1 } == row)
      }
      // Another network's memory is taken over with all its weights.
      let again = try KeptNetwork(path: path, settings: settings, after: network)
      #expect(again.answers(on: set) == said)
      guard tuning != "full" else { return }
      let other = try TrainingSettings(["train_size": 60, "body": .string(path), "model": "cnn"])
      #expect { try TrainingSession(other, seed: 0) } throws: { error in
        "\(error)".contains("it holds the head of a run alone, whose body was frozen")
      }
    }
  }

  @Test func `a head whose body is another one by now is refused`() throws {
    try withTemporaryFolder { folder in
      let body = folder.appending(component: "body.safetensors")
      func save(seed: Int) throws {
        let settings = try TrainingSettings(["train_size": 30, "epochs": 1, "dataset": "digits"])
        let session = try TrainingSession(settings, seed: seed)
        try session.run { _ in }
        try Data(session.body.bytes).write(to: body)
      }
      try save(seed: 1)
      let settings = try TrainingSettings([
        "train_size": 30, "epochs": 1, "body": .string(body.path), "tuning": "head",
      ])
      let (_, path) = try kept(settings, in: folder)
      _ = try KeptNetwork(path: path, settings: settings)
      try save(seed: 2)
      #expect { try KeptNetwork(path: path, settings: settings) } throws: { error in
        "\(error)".contains(
          "it holds a head alone, and the body '\(body.path)' that it belongs to is not what it was"
        )
      }
    }
  }

  @Test func `traits are asked one by one, and a number is said in its own units`() throws {
    try withTemporaryFolder { folder in
      let traits = try TrainingSettings([
        "dataset": "digit-traits", "train_size": 60, "epochs": 1, "evaluate_every": 0,
      ])
      let (session, path) = try kept(traits, in: folder)
      let said = try KeptNetwork(path: path, settings: traits).answers(on: session.validation.set)
      let first = session.probabilityTable.split(separator: "\n")[1].split(
        separator: ",",
        omittingEmptySubsequences: false
      )
      #expect(first.dropFirst(2).map { Float($0) ?? -1 } == said[0])
      let number = try TrainingSettings([
        "task": "regression", "train_size": 200, "epochs": 3, "evaluate_every": 0,
        "y_range": ["low": 0, "high": 9],
      ])
      let (regression, file) = try kept(number, in: folder)
      let numbers = try KeptNetwork(path: file, settings: number)
        .answers(on: regression.validation.set)
      let errors = zip(numbers, regression.validation.labels).map {
        abs(Double($0[0]) - Double($1))
      }
      #expect(numbers.allSatisfy { 0...9 ~= $0[0] })
      #expect(errors.reduce(0, +) / Double(errors.count) < 2.3)
    }
  }
}
