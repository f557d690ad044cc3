import Foundation
import Subprocess
import Sweeps

/// What one program prints while it runs: results to the parser, everything else to its log.
actor Transcript {
  enum Stream: CaseIterable { case output, errors }

  private var output: WorkerOutput
  private var log: RunLog
  private var curve: LiveCurve?
  private var outputLines = LineSplitter()
  private var errorLines = LineSplitter()

  /// - Parameters:
  ///   - pattern: Finds metrics in lines that are not JSON; checked when the sweep started.
  ///   - log: The path of the file for everything else.
  ///   - curve: The file of the points for those who look on; nil for none.
  init(pattern: String?, log: String, curve: String? = nil) {
    output = WorkerOutput(pattern: pattern.flatMap { try? LinePattern($0) })
    self.log = RunLog(path: log)
    if let curve { self.curve = LiveCurve(path: curve, since: SuspendingClock().now) }
  }

  /// Takes in what came from one of the pipes.
  func read(_ buffer: SubprocessOutputSequence.Buffer, from stream: Stream) {
    buffer.withUnsafeBytes { bytes in
      switch stream {
      case .output: outputLines.read(bytes) { takeOutput($0) }
      case .errors: errorLines.read(bytes) { takeLog($0) }
      }
    }
    log.flush()
    curve?.flush(at: SuspendingClock().now)
  }

  /// Takes in the lines without an end that both pipes ended with.
  func finish() {
    outputLines.end { takeOutput($0) }
    errorLines.end { takeLog($0) }
    log.flush()
  }

  /// Adds a line of this program's own to the log.
  package func note(_ text: String) {
    log.append(Array(text.utf8)[...], endsLine: true)
    log.flush()
  }

  /// Takes in a file with results that the program left.
  func read(fileAt path: String) {
    do throws(MetricsFile.Fault) {
      try MetricsFile(path: path).give(to: &output)
    } catch {
      note(error.description)
    }
  }

  /// Whether the points so far stand in a file of their own.
  var hasCurveFile: Bool { curve?.hasFile ?? false }

  var lastLines: [String] { log.lastLines }
  var measurements: Measurements { output.measurements }
  var divergence: (epoch: Int?, reason: String)? { output.divergence }

  private func takeOutput(_ piece: LineSplitter.Piece) {
    guard case .line(let line) = piece else { return takeLog(piece) }
    let points = output.pointCount
    guard output.read(line) else { return takeLog(piece) }
    if output.pointCount > points { curve?.append(line) }
  }

  private func takeLog(_ piece: LineSplitter.Piece) {
    switch piece {
    case .line(let line): log.append(line, endsLine: true)
    case .part(let part, let isLast): log.append(part, endsLine: isLast)
    }
  }
}
