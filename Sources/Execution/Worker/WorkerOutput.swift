import Foundation
package import Notation
package import Sweeps

/// What the lines that a program printed say, taken in one by one.
///
/// Three kinds of JSON lines count: `{"epoch": 3, "loss": 0.4}` (or `step`) is a point of the curves,
/// `{"final": {"accuracy": 0.9}}` gives results, `{"diverged": {"epoch": 3, "reason": "..."}}` says that
/// the training came apart. Everything else belongs to the log.
package struct WorkerOutput {
  /// Values of the curves that are kept; a program that prints more loses the later points, not its results.
  static let curveLimit = 1_000_000
  /// Different metrics that one run may have.
  static let metricLimit = 10_000
  /// Bytes that one text among the results may have, and all of them together; what goes beyond is cut.
  static let textLimit = 1 << 16
  static let textsLimit = 1 << 20

  private let pattern: LinePattern?
  private var final: [String: Double] = [:]
  private var last: [String: Double] = [:]
  private var texts: [String: String] = [:]
  private var textBytes = 0
  private var curve: [CurvePoint] = []
  private var curveCount = 0
  private var correct: [UInt8] = []
  /// Where and why the program says its training diverged.
  package private(set) var divergence: (epoch: Int?, reason: String)?
  /// Whether it said how its run came out, which ends the run of a program that makes one after another.
  package private(set) var isConcluded = false
  /// The id that stands as `run` in the line that said so.
  package private(set) var concludedRun: String?

  /// Starts with nothing said.
  ///
  /// - Parameter pattern: How lines that are not JSON give metrics.
  package init(pattern: LinePattern? = nil) {
    self.pattern = pattern
  }

  /// What was measured: the final lines merged, or without any the last value of each metric.
  package var measurements: Measurements {
    var result = Measurements()
    result.final = final.isEmpty ? last : final
    result.curve = curve
    result.texts = texts
    result.correct = correct
    return result
  }

  /// Points of the curves so far.
  package var pointCount: Int { curve.count }

  /// Takes in one line.
  ///
  /// - Parameter line: Bytes without the line end.
  /// - Returns: Whether the line is one of the protocol; one that is not belongs to the log.
  package mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    if start.first == UInt8(ascii: "{"), case .object(let object)? = JSON(line: start) {
      return read(object)
    }
    guard let found = pattern?.metrics(in: String(decoding: line, as: UTF8.self)), !found.isEmpty
    else { return false }
    for (name, value) in found { set(&last, name, value) }
    // The line is for people too, so the log keeps it.
    return false
  }

  /// Takes in one JSON object.
  ///
  /// - Parameter object: As printed, or a line of a JSONL file.
  /// - Returns: Whether it is one of the protocol.
  package mutating func read(_ object: JSONObject) -> Bool {
    var isUnderstood = false
    if let diverged = object["diverged"]?.object {
      divergence = (diverged["epoch"]?.integer, diverged["reason"]?.string ?? "")
      isUnderstood = true
    }
    if let results = object["final"]?.object {
      for member in results.members { take(member.key, member.value, into: \.final) }
      if let bits = object["correct"]?.string, let decoded = Data(base64Encoded: bits) {
        correct = Array(decoded)
      }
      isUnderstood = true
    }
    if isUnderstood {
      isConcluded = true
      concludedRun = object["run"]?.string ?? concludedRun
    }
    if let (unit, position) = coordinate(of: object) {
      addPoint(unit, position, object)
      isUnderstood = true
    }
    return isUnderstood
  }

  /// Takes in values that belong to no point of the curves, such as the last row of a table.
  package mutating func readLast(_ object: JSONObject) {
    for member in object.members { take(member.key, member.value, into: \.last) }
  }

  /// A step counts finer than an epoch, so it wins where a line has both.
  private func coordinate(of object: JSONObject) -> (unit: CurvePoint.Unit, position: Double)? {
    for unit in [CurvePoint.Unit.step, .epoch] {
      if let position = object[unit.rawValue]?.double, position.isFinite { return (unit, position) }
    }
    return nil
  }

  private mutating func addPoint(
    _ unit: CurvePoint.Unit,
    _ position: Double,
    _ object: JSONObject
  ) {
    var metrics: [String: Double] = [:]
    for member in object.members where !Self.structural.contains(member.key) {
      guard let value = Self.metric(member.value) else { continue }
      let name = Self.storable(member.key)
      metrics[name] = value
      set(&last, name, value)
    }
    guard !metrics.isEmpty, curveCount + metrics.count <= Self.curveLimit else { return }
    curveCount += metrics.count
    curve.append(CurvePoint(unit: unit, position: position, metrics: metrics))
  }

  /// The keys of a line that are no metrics.
  private static let structural: Set = ["epoch", "step", "final", "diverged", "correct", "run"]
  /// The columns of a table of runs, which a metric of the same name would hide.
  private static let columns: Set = ["run", "status", "attempt", "seed", "started", "duration"]

  /// The text without U+0000, which would end it in the database.
  private static func storable(_ text: String) -> String {
    text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
  }

  private mutating func take(
    _ key: String,
    _ value: JSON,
    into metrics: WritableKeyPath<Self, [String: Double]>
  ) {
    let name = Self.storable(key)
    if let number = Self.metric(value), !Self.columns.contains(name) {
      set(&self[keyPath: metrics], name, number)
    } else if value != .null, texts.count < Self.metricLimit || texts[name] != nil {
      keep(Self.storable(value.levelText), as: name)
    }
  }

  /// Keeps a text, or the beginning of one that is longer than a result is.
  private mutating func keep(_ text: String, as name: String) {
    textBytes -= texts[name]?.utf8.count ?? 0
    let room = min(Self.textLimit, Self.textsLimit - textBytes)
    texts[name] = text.utf8.count <= room ? text : Self.beginning(of: text, bytes: room)
    textBytes += texts[name]?.utf8.count ?? 0
  }

  private static func beginning(of text: String, bytes room: Int) -> String {
    let mark = "…"
    let bytes = Array(text.utf8.prefix(max(0, room - mark.utf8.count)))
    // A character of several bytes that the cut goes through is left out as a whole.
    var end = bytes.count
    while end > 0, String(validating: bytes[..<end], as: UTF8.self) == nil { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self) + mark
  }

  private func set(_ metrics: inout [String: Double], _ name: String, _ value: Double) {
    if metrics.count < Self.metricLimit || metrics[name] != nil { metrics[name] = value }
  }

  /// A number, or one of the words that trainers print for numbers that are not finite.
  private static func metric(_ value: JSON) -> Double? {
    switch value {
    case .number(let number): number.value
    case .string(let word): NumberLiteral.notFinite(word)
    case .null, .boolean, .array, .object: nil
    }
  }
}
