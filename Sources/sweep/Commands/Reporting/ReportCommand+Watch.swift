import ArgumentParser
import Dispatch
import Foundation
import Laboratory
import Notation
import Reports

extension ReportCommand {
  /// Writes the report whenever something is new, until the sweep has ended.
  ///
  /// A file is written anew each time, a terminal is redrawn; anything else gets the report once, at the end.
  ///
  /// - Throws: Exit code 130, and nothing is printed, after Ctrl-C.
  func keepWriting(_ format: any ReportFormat.Type) throws {
    let stop = DispatchSemaphore(value: 0)
    let signals = watchSignals { _ in stop.signal() }
    defer { signals.cancel() }
    let hasEnded = try folder.laboratory.watch(
      request(for: format),
      by: "report",
      pause: { stop.wait(timeout: .now() + $0.seconds) == .timedOut },
      show: { report, isLast in
        let figures = try writeFigures(of: report)
        try show(report.value, figures: figures, format, isLast: isLast)
      }
    )
    guard hasEnded else { throw ExitCode.interrupted }
  }

  private func show(
    _ report: any Report,
    figures: String?,
    _ format: any ReportFormat.Type,
    isLast: Bool
  ) throws {
    guard output == nil, let rows = terminalRows else {
      guard output != nil || isLast else { return }
      return try writing(to: output, color: color, figures: figures) {
        try format.write(report, to: $0)
      }
    }
    let screen = Screen(color: color)
    var text = ""
    try format.write(
      report,
      to: Destination(
        width: screen.width,
        showsColor: screen.showsColor,
        figures: figures,
        version: Laboratory.version
      ) { text += $0 }
    )
    let shown = isLast ? text : Self.clipped(text, rows: rows, columns: screen.width)
    try Output.standard.write("\u{1B}[H\u{1B}[2J" + shown)
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
