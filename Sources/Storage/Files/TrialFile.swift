import Foundation
import Notation
package import Sweeps

/// The trials of a probe, kept among what runs share, so that the sweep's own start can estimate from them.
///
/// One file per spec; safe to delete at any time.
package struct TrialFile: Sendable {
  private let url: URL

  /// - Parameters:
  ///   - results: The results folder.
  ///   - spec: The spec that was probed; any change of it asks for another probe.
  package init(results: String, spec: Spec) {
    url = URL(fileURLWithPath: results)
      .appending(path: "cache/trials-\(spec.digest.prefix(16)).json")
  }

  /// The trials that were kept; none where there is no file, or it cannot be read.
  package var trials: [RunCosts.Trial] {
    guard let data = try? Data(contentsOf: url) else { return [] }
    let trials = JSON(line: data)?.array?.map(RunCosts.Trial.init) ?? []
    return trials.contains(nil) ? [] : trials.compactMap(\.self)
  }

  /// Keeps trials in place of earlier ones.
  ///
  /// - Throws: What the file system says.
  package func keep(_ trials: [RunCosts.Trial]) throws {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(JSON.array(trials.map(\.json)).text.utf8).write(to: url, options: .atomic)
  }
}
