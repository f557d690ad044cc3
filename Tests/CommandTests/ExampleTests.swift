import Execution
import Foundation
import Storage
import Sweeps
import TestSupport
import Testing

/// The example sweeps of other programs, run as they stand in the tree.
struct ExampleTests {
  private static let tree = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether `python3` is there and can import a module.
  private static func hasPython(_ module: String) -> Bool {
    let result = try? SweepBinary.run(
      ["python3", "-c", "import \(module)"],
      in: URL(fileURLWithPath: "/"),
      executable: URL(fileURLWithPath: "/usr/bin/env")
    )
    return result?.exitCode == 0
  }

  private func run(_ path: String, runs: Int) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: [:])
      let spec = Self.tree.appending(path: path).path
      let result = try folder.sweep("run \(spec) --set seeds=1")
      #expect(result.exitCode == 0, "\(result.errors)")
      let (_, records, _) = try folder.stored()
      #expect(records.count == runs)
      #expect(records.allSatisfy { $0.measurements.final["valid_loss"]?.isFinite == true })
    }
  }

  @Test(.enabled(if: hasPython("json"), "needs python3"))
  func `a program of plain Python is swept`() throws {
    try run("sweeps/polynomial-degree.json", runs: 8)
  }

  @Test(.enabled(if: hasPython("json"), "needs python3"))
  func `a worker of plain Python makes all runs`() throws {
    try run("examples/worker.json", runs: 3)
  }

  @Test(.enabled(if: hasPython("torch"), "needs python3 with torch"))
  func `a program of PyTorch is swept`() throws {
    try run("sweeps/torch-momentum.json", runs: 4)
  }
}
