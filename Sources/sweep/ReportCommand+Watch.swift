import ArgumentParser
import Dispatch
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Reports

extension ReportCommand {
  /// How long to wait between two looks, and how much longer than a report takes to write.
  private static let pauseSeconds = 1.0
  private static let pauseFactor = 9.0

  /// Writes the report whenever something is new, until the sweep has ended.
  ///
  /// A file is written anew each time, a terminal is redrawn; anything else gets the report once, at the end.
  ///
  /// - Throws: Exit code 130, and nothing is printed, after Ctrl-C.
  func keepWriting(_ format: any ReportFormat.Type) throws {
    let stop = DispatchSemaphore(value: 0)
    let signals = watchSignals { _ in stop.signal() }
    defer { signals.cancel() }
    var watch = ReportWatch()
    try readingStore(results) { store in
      let name = try store.sweep(matching: sweep).name
      while true {
        let began = ContinuousClock().now
        let version = try store.version()
        let summary = try store.sweep(matching: name)
        let step = watch.step(.init(version: version, isRunning: summary.isRunning))
        switch step {
        case .wait: break
        case .write, .end:
          try show(try report(of: summary, in: store, format), format, isLast: step == .end)
        }
        if step == .end { return }
        // What looks on must not take the processor from what is looked at.
        let seconds = began.duration(to: ContinuousClock().now).seconds
        let pause = max(Self.pauseSeconds, Self.pauseFactor * seconds)
        if stop.wait(timeout: .now() + pause) == .success { throw ExitCode.interrupted }
      }
    }
  }

  private func show(
    _ report: Report,
    _ format: any ReportFormat.Type,
    isLast: Bool
  ) throws {
    guard output == nil, let rows = terminalRows else {
      guard output != nil || isLast else { return }
      return try writing(to: output, color: color) { try format.write(report, to: $0) }
    }
    let screen = Screen(color: color)
    var text = ""
    try format.write(
      report,
      to: Destination(width: screen.width, showsColor: screen.showsColor) { text += $0 }
    )
    let shown = isLast ? text : Self.clipped(text, rows: rows, columns: screen.width)
    emit("\u{1B}[H\u{1B}[2J" + shown, to: STDOUT_FILENO)
  }

  /// As much of a text as stands on a screen, with a line that says how much more there is.
  private static func clipped(_ text: String, rows: Int, columns: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // A line with colours was fitted to the width when it was written.
    let cut = lines.map { $0.contains("\u{1B}") ? $0 : $0.prefix(columns) }
    guard cut.count >= rows else { return cut.joined(separator: "\n") }
    let kept = cut.prefix(rows - 2)
    return kept.joined(separator: "\n")
      + "\n... \(lines.count - kept.count) more lines; all are shown when the sweep has ended\n"
  }
}
