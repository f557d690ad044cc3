import Execution
import Foundation
import Storage
import Sweeps
import TestSupport
import Testing

/// The example sweeps of other programs, run as they stand in `sweeps/`.
struct ExampleTests {
  private static let sweeps = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(component: "sweeps")

  /// Whether `python3` is there and can import a module.
  private static func hasPython(_ module: String) -> Bool {
    let result = try? SweepBinary.run(
      ["python3", "-c", "import \(module)"],
      in: URL(fileURLWithPath: "/"),
      executable: URL(fileURLWithPath: "/usr/bin/env")
    )
    return result?.exitCode == 0
  }

  private func run(_ name: String, runs: Int) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: [:])
      let spec = Self.sweeps.appending(component: name).path
      let result = try folder.sweep("run \(spec) --set seeds=1")
      #expect(result.exitCode == 0, "\(result.errors)")
      let (_, records, _) = try folder.stored()
      #expect(records.count == runs)
      #expect(records.allSatisfy { $0.measurements.final["valid_loss"]?.isFinite == true })
    }
  }

  @Test(.enabled(if: hasPython("json"), "needs python3"))
  func `a program of plain Python is swept`() throws {
    try run("polynomial-degree.json", runs: 8)
  }

  @Test(.enabled(if: hasPython("torch"), "needs python3 with torch"))
  func `a program of PyTorch is swept`() throws {
    try run("torch-momentum.json", runs: 4)
  }
}
