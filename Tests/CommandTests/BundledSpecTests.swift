import Foundation
import TestSupport
import Testing

/// The specs that travel in the program.
struct BundledSpecTests {
  private let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func `every spec that needs no other program is bundled, as it is`() throws {
    let folder = repository.appending(component: "sweeps")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".json") && $0 != "sweep.schema.json"
    }
    var names: [String] = []
    try withTemporaryFolder { empty in
      for file in files.sorted() {
        let text = try String(contentsOf: folder.appending(component: file), encoding: .utf8)
        guard !text.contains("\"command\"") else { continue }
        let name = String(file.dropLast(".json".count))
        names.append(name)
        let made = try SweepBinary.run(["init", name], in: empty)
        #expect(made.exitCode == 0, "\(name): \(made.errors)")
        let written = empty.appending(component: file)
        #expect(try String(contentsOf: written, encoding: .utf8) == text, "\(name)")
      }
      let list = try SweepBinary.run(["init", "--list"], in: empty).output.split(separator: "\n")
      #expect(list.map { String($0.prefix { $0 != " " }) } == names)
      #expect(list.contains { $0.hasPrefix("quickstart") && $0.hasSuffix("?") })
    }
  }

  @Test func `a bundled spec runs in an empty folder by the path that it has here`() throws {
    try withTemporaryFolder { folder in
      let run = try SweepBinary.run(["run", "sweeps/quickstart.json", "--dry-run"], in: folder)
      #expect(run.exitCode == 0)
      #expect(run.output.contains("96 to do"))
      let small = try SweepBinary.run(
        [
          "run", "sweeps/quickstart.json", "--quiet", "--set", "settings.epochs=1", "--set",
          "settings.train_size=20", "--set", "seeds=1", "--as", "tiny", "--filter",
          "dropout=0 augmentation=none",
        ],
        in: folder
      )
      #expect(small.exitCode == 0, "\(small.errors)")
      #expect(try SweepBinary.run(["status"], in: folder).output.contains("tiny"))
      let missing = try SweepBinary.run(["plan", "sweeps/quickstat.json"], in: folder)
      #expect(missing.exitCode == 64 && missing.errors.contains("There is no file"))
    }
  }

  @Test func `a file of one's own goes before the bundled one`() throws {
    try withTemporaryFolder { folder in
      let sweeps = folder.appending(component: "sweeps")
      try FileManager.default.createDirectory(at: sweeps, withIntermediateDirectories: true)
      try Data(#"{"name": "mine"}"#.utf8).write(to: sweeps.appending(component: "quickstart.json"))
      let plan = try SweepBinary.run(["plan", "sweeps/quickstart.json"], in: folder)
      #expect(plan.output.hasPrefix("mine"))
    }
  }
}
