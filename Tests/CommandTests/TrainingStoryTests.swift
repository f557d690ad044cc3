import Execution
import Foundation
import Notation
import Sweeps
import TestSupport
import Testing

/// Real trainings with the built binary.
struct TrainingStoryTests {
  private static let spec = """
    { "name": "small", "settings": { "train_size": 20, "epochs": 2, "body": "letters" },
      "axes": { "augmentation": ["none", "default"], "tuning": ["full", "head"] }, "seeds": 2,
      "metrics": { "valid_loss": { "better": "lower", "delta": 0.02 } } }
    """

  /// Every metric of every run but those that are times, by run.
  private func bits(jobs: Int) throws -> [String: [String: UInt64]] {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["small.json": Self.spec])
      #expect(try folder.sweep("run small.json --quiet -j \(jobs)").exitCode == 0)
      let records = try folder.stored().records
      #expect(records.count == 8)
      return Dictionary(
        uniqueKeysWithValues: records.map { record in
          var final = record.measurements.final
          final["seconds"] = nil
          // How much work other runs had left in the cache is as much a matter of time as seconds are.
          for name in ["shared_features", "shared_images"] { final[name] = nil }
          return (record.run.id, final.mapValues(\.bitPattern))
        }
      )
    }
  }

  @Test func `one process or two at a time give the same bits`() throws {
    let alone = try bits(jobs: 1)
    #expect(alone.values.allSatisfy { $0.count > 20 })
    #expect(try bits(jobs: 2) == alone)
  }

  @Test func `an installed binary needs nothing beside it`() throws {
    try withTemporaryFolder { url in
      let installed = url.appending(component: "sweep")
      // Copied by another process: a file that this one has open for writing while another test starts a
      // program cannot be executed.
      let copy = try Child(
        URL(fileURLWithPath: "/bin/cp"),
        [SweepBinary.url.path, installed.path],
        in: url,
        environment: [:]
      )
      #expect(copy.wait() == 0)
      let empty = url.appending(component: "empty")
      try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
      let trained = try SweepBinary.run(
        ["train", "--settings", "-", "--seed", "1"],
        in: empty,
        input: #"{"train_size": 20, "epochs": 1, "body": "letters"}"#,
        executable: installed
      )
      #expect(trained.exitCode == 0)
      #expect(trained.output.contains("\"final\""))
      let strings = try Data(contentsOf: installed)
      #expect(strings.count > 1_000_000)
    }
  }

  @Test func `a wrong setting is one sentence and exit code 64`() throws {
    try withTemporaryFolder { url in
      let wrong = try SweepBinary.run(
        ["train", "--settings", "-"],
        in: url,
        input: #"{"dropuot": 0.5}"#
      )
      #expect(wrong.exitCode == 64)
      #expect(wrong.errors.contains("Did you mean 'dropout'?"))
      #expect(wrong.output.isEmpty)
    }
  }

  @Test func `a network that was saved whole is a body in a sweep, its layers with it`() throws {
    try withTemporaryFolder { url in
      let spec = """
        { "name": "again", "settings": { "train_size": 20, "epochs": 2, "body": "own.safetensors" },
          "axes": { "tuning": ["full", "head"], "head": ["hidden", "linear"] }, "seeds": 2 }
        """
      let small = #"{"train_size": 20, "epochs": 1, "width": 8, "depth": 3}"#
      let folder = try SweepFolder(url, files: ["again.json": spec, "small.json": small])
      let saved = try folder.sweep("train --settings small.json --save own.safetensors")
      #expect(saved.exitCode == 0, "\(saved.errors)")
      let result = try folder.sweep("run again.json --quiet")
      #expect(result.exitCode == 0, "\(result.errors)")
      let records = try folder.stored().records
      #expect(records.count == 8)
      // The saved body is wider and deeper than the one that the settings alone describe.
      let total = Set(records.compactMap { $0.measurements.final["parameters_total"] })
      #expect(total == [254_210, 131_970], "\(total)")
    }
  }

  @Test func `the report of a real sweep has every cell with its n`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["small.json": Self.spec])
      _ = try folder.sweep("run small.json --quiet")
      let report = try folder.sweep("report small --format md")
      #expect(report.exitCode == 0)
      #expect(report.output.contains("4 cells × 2 seeds = 8 runs planned: 8 finished."))
      #expect(report.output.split(separator: "\n").count { $0.contains("|  2 |") } >= 4)
      let csv = try folder.sweep("report small --format csv").output
      #expect(csv.split(separator: "\r\n").count == 9)
      #expect(csv.hasPrefix("run,status,attempt,augmentation,tuning,seed,"))
    }
  }

  @Test func `a class may have any name that a folder can have`() throws {
    try withTemporaryFolder { url in
      let spec = """
        { "name": "own", "seeds": 1, "axes": { "dropout": [0] },
          "settings": { "dataset": {"folder": "data", "size": 8}, "model": "linear", "epochs": 1 } }
        """
      let folder = try SweepFolder(url, files: ["own.json": spec])
      // 12 × 8 pixels of one colour.
      let picture = try #require(
        Data(
          base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAIAAABChommAAAAEUlEQVR4nGM4kWJEEDGMKgIAHtyD"
            + "QVdyvHUAAAAASUVORK5CYII="
        )
      )
      let names = [#"a"b"#, #"back\slash"#, "größe"]
      for name in names {
        let place = url.appending(component: "data").appending(component: name)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for number in 1...5 {
          try picture.write(to: place.appending(component: "\(number).png"))
        }
      }
      #expect(try folder.sweep("run own.json --quiet").exitCode == 0)
      let final = try #require(try folder.stored().records.first).measurements.final
      for name in names { #expect(final["accuracy[\(name)]"] != nil) }
    }
  }
}
