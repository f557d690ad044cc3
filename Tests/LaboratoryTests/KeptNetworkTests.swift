import Foundation
import Laboratory
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
      var picture = Picture(rows: set.rows, columns: set.columns, channels: 1)
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
}
