import Execution
import Foundation
import Laboratory
import Sweeps

extension StartedSweep {
  /// Does what is planned, tells what happens, and lets Ctrl-C end it.
  ///
  /// - Parameters:
  ///   - start: What was prepared.
  ///   - style: How it is told.
  ///   - request: What is wanted while predictions are open.
  ///   - results: The results folder.
  /// - Returns: Where the sweep stands afterwards.
  /// - Throws: What running throws.
  func follow(
    _ start: PreparedStart,
    style: Progress.Style,
    request: Disclosure.Request,
    results: String
  ) async throws -> SweepEnd {
    let disclosure = try disclosure(request)
    let progress = Progress(
      spec: spec,
      grid: start.grid,
      plan: plan,
      estimate: estimate,
      jobs: start.jobs,
      results: results,
      style: style,
      showsResults: disclosure.showsResults
    )
    let signals = watchSignals { count in
      if count > 1 { return kill() }
      Task { await interrupt { progress.show($0) } }
    }
    let drawing = Task { await progress.keepDrawing() }
    let end = try await run(disclosure) { progress.show($0) }
    drawing.cancel()
    signals.cancel()
    let words = ["sweep"] + CommandLine.arguments.dropFirst()
    try progress.show(end, command: words.map(shellQuoted).joined(separator: " "))
    return end
  }
}
