import Foundation
import Storage
package import Sweeps

extension Laboratory {
  /// Tries a spec's set-up before hours are spent on it.
  ///
  /// What the trials measure is new and goes nowhere; nothing that is stored is looked at.
  ///
  /// - Parameters:
  ///   - path: The spec's file.
  ///   - overrides: `key=value` texts that override its keys.
  /// - Returns: What was found; empty where all is well.
  /// - Throws: `SpecFaults`, `SpecError`, `TrainingError`, `LaunchError`, or what the digest of the data throws.
  package func check(specAt path: String, overrides: [String]) async throws -> [Finding] {
    let spec = try spec(at: path, overrides: overrides)
    let grid = try Grid(spec, trainer: builtInTrainer, files: Disk())
    guard spec.program == nil else {
      return try await CommandSetUp.trying(spec, grid, for: caller).findings
    }
    let cache = FileManager.default.temporaryDirectory
      .appending(component: "sweep-check-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: cache) }
    let setUp = try SetUp.trying(spec, grid, cache: cache.path)
    // What does not train gives the other checks nothing to look at.
    guard setUp.divergence.isEmpty else { return setUp.divergence }
    return try await setUp.findings
  }
}
