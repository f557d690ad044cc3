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
  private let endsWithResult: Bool
  /// Whether nothing at all was printed.
  private(set) var isEmpty = true
  /// Whether a line of the protocol came after the one that said how the run came out.
  private(set) var hasSurplus = false

  /// - Parameters:
  ///   - pattern: Finds metrics in lines that are not JSON; checked when the sweep started.
  ///   - log: The path of the file for everything else.
  ///   - curve: The file of the points for those who look on; nil for none.
  ///   - endsWithResult: Whether nothing counts after the line that says how the run came out.
  init(pattern: String?, log: String, curve: String? = nil, endsWithResult: Bool = false) {
    self.endsWithResult = endsWithResult
    output = WorkerOutput(pattern: pattern.flatMap { try? LinePattern($0) })
    self.log = RunLog(path: log)
    if let curve { self.curve = LiveCurve(path: curve, since: SuspendingClock().now) }
  }

  /// Takes in what came from one of the pipes.
  func read(_ buffer: SubprocessOutputSequence.Buffer, from stream: Stream) {
    buffer.withUnsafeBytes { take($0, from: stream) }
  }

  /// Takes in what came from one of the pipes.
  func read(_ bytes: [UInt8], from stream: Stream) {
    bytes.withUnsafeBytes { take($0, from: stream) }
  }

  private func take(_ bytes: UnsafeRawBufferPointer, from stream: Stream) {
    isEmpty = isEmpty && bytes.isEmpty
    switch stream {
    case .output: outputLines.read(bytes) { takeOutput($0) }
    case .errors: errorLines.read(bytes) { takeLog($0) }
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

  var lastLines: [String] { log.lastLines }
  var measurements: Measurements { output.measurements }
  var divergence: (epoch: Int?, reason: String)? { output.divergence }
  var isConcluded: Bool { output.isConcluded }
  /// The id in the line that said how the run came out.
  var concludedRun: String? { output.concludedRun }

  private func takeOutput(_ piece: LineSplitter.Piece) {
    if endsWithResult, output.isConcluded {
      hasSurplus = hasSurplus || Self.isOfProtocol(piece)
      return takeLog(piece)
    }
    guard case .line(let line) = piece else { return takeLog(piece) }
    let points = output.pointCount
    guard output.read(line) else { return takeLog(piece) }
    if output.pointCount > points { curve?.append(line) }
  }

  /// Says whether a line would be a result, a point of the curves or a divergence.
  private static func isOfProtocol(_ piece: LineSplitter.Piece) -> Bool {
    guard case .line(let line) = piece else { return false }
    var other = WorkerOutput()
    return other.read(line)
  }

  private func takeLog(_ piece: LineSplitter.Piece) {
    switch piece {
    case .line(let line): log.append(line, endsLine: true)
    case .part(let part, let isLast): log.append(part, endsLine: isLast)
    }
  }
}
