import Foundation
import Notation
import Reports
import Sweeps
import TestSupport
import Testing

struct TensorBoardTests {
  /// The files of two runs, one of them failed, as text: folder, then bytes in hexadecimal.
  private func files(axes: String) throws -> [(folder: String, bytes: [UInt8])] {
    let spec = try spec(
      """
      { "name": "board", "question": "Which?", "command": ["train"], "axes": { \(axes), "t": ["x"] }, "seeds": 1,
        "metrics": { "loss": { "better": "lower", "delta": 0.1 } } }
      """
    )
    let records = records(of: spec).map { record in
      var measurements = Measurements()
      if record.status == .ok {
        measurements.final = ["loss": 0.25, "accuracy": .nan]
        measurements.curve = [
          CurvePoint(unit: .epoch, position: 1, metrics: ["loss": 0.5]),
          CurvePoint(unit: .epoch, position: 2.5, metrics: ["loss": .infinity]),
        ]
      }
      return Record(
        run: record.run,
        attempt: 1,
        outcome: record.outcome,
        measurements: measurements,
        lastLines: [],
        started: record.started,
        duration: record.duration
      )
    }
    let evidence = Evidence(
      spec: spec,
      records: records,
      planned: 2,
      excludedCells: 0,
      provenance: []
    )
    var files: [(folder: String, bytes: [UInt8])] = []
    try TensorBoard(evidence).forEachFile { files.append(($0.folder, $0.bytes)) }
    return files
  }

  @Test func `the files of a small sweep are as in their golden file`() throws {
    let text = try files(axes: #""rate": [0.5, 1e-4]"#).map { file in
      let digits = file.bytes.map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      let lines = stride(from: 0, to: digits.count, by: 32).map {
        digits[$0..<min($0 + 32, digits.count)].joined(separator: " ")
      }
      return ([file.folder.isEmpty ? "(the whole)" : file.folder] + lines).joined(separator: "\n")
    }
    expectGolden(text.joined(separator: "\n\n") + "\n", "tensorboard.txt", testFile: goldenAnchor)
  }

  @Test func `the folder of a run is a name that every file system takes`() throws {
    let long = String(repeating: "x", count: 300)
    let folders = try files(axes: "\"text\": [\"../a/b:c\\u0001\\n<שלום>\", \"\(long)\"]")
      .map(\.folder)
    #expect(folders[0].isEmpty)
    #expect(folders[1] == "text=..-a-b-c-------- t=x seed=0 0000000000000000")
    #expect(folders[2].utf8.count <= 255)
    #expect(folders.count == 3)
  }
}
