import Execution
import Foundation
import Laboratory
import Sweeps
import Synchronization
import TestSupport

/// Gives a laboratory in which a sweep has run with its predictions open.
///
/// - Parameters:
///   - spec: The text of its spec.
///   - body: Gets the laboratory, the spec's file, and all that the run told.
/// - Throws: What the body throws, or why the sweep did not run.
func withSweep(
  _ spec: String,
  _ body: (Laboratory, URL, _ told: [String]) async throws -> Void
) async throws {
  try await withTemporaryFolder { folder in
    let file = folder.appending(component: "sealed.json")
    try Data(spec.utf8).write(to: file)
    let laboratory = Laboratory(
      results: folder.appending(component: "results").path,
      caller: Laboratory.Caller(
        program: SweepBinary.url.path,
        commandLine: ["sweep"],
        directory: folder.path
      )
    )
    let started = try await laboratory.start(try laboratory.prepare(StartRequest(of: file)))
    let told = Mutex<[String]>([])
    let end = try await started.run(try started.disclosure(.respectingPredictions)) { event in
      told.withLock { $0.append("\(event)") }
    }
    try await body(laboratory, file, told.withLock { $0 } + ["\(end)"])
  }
}

extension StartRequest {
  /// The start of a whole spec.
  init(of file: URL) {
    self.init(
      spec: file.path,
      overrides: [],
      filter: nil,
      jobs: 1,
      repeats: RunPlan.Repeats(),
      takesOver: false
    )
  }
}
