import Foundation
import Notation
import Statistics
import Testing

/// The reference set: inputs, and what SciPy and the formulas in `Reference/refstats.py` make of
/// them.
enum Reference {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(component: "Reference")

  /// The largest file, read once for all tests.
  static let expected = Result { try value("expected.json") }

  static func value(_ name: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(contentsOf: folder.appending(path: name)))
  }

  /// The rows of a table without quotes, by column.
  static func rows(_ name: String) throws -> [[String: String]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  /// The runs of a case, read by the design that comes with it.
  static func runs(
    of name: String,
    design: Value,
    rows: [[String: String]],
    questions: [Question] = []
  ) throws -> PairedRuns {
    let factors = try design["factors"].list.map { factor in
      Factor(
        name: try factor["name"].text,
        levels: try factor["levels"].list.map { try $0.text },
        isOrdered: (try? factor["ordered"].boolean) ?? false,
        scores: try? factor["scores"].list.map { try $0.number }
      )
    }
    let metrics = try design["metrics"].list.map {
      let name = try $0["name"].text
      return Metric(
        name: name,
        delta: try $0["delta"].number,
        scale: (try? $0["scale"].text).flatMap(Metric.Scale.init) ?? .linear,
        measurand: ["train_accuracy": .trainAccuracy, "gap": .gap][name]
      )
    }
    let table = RunTable(
      factors: factors.map(\.name),
      metrics: metrics.map(\.name),
      rows: try rows.filter { $0["case"] == name }.map { row in
        RunTable.Row(
          status: row["status"] ?? "",
          levels: factors.map { row[$0.name] ?? "" },
          seed: try #require(Int(row["seed"] ?? "")),
          values: metrics.map { Double(row[$0.name] ?? "") }
        )
      }
    )
    return PairedRuns(
      table,
      // The reference set keeps seeds that have half of the settings of the best one, as it says of itself.
      design: Design(
        minimumCoverage: 0.5,
        factors: factors,
        metrics: metrics,
        questions: questions
      )
    )
  }

  /// The predictions with their case, in the order of the file.
  static func forecasts() throws -> [(case: String, forecast: Forecast)] {
    try rows("predictions.csv").map { row in
      func number(_ column: String) -> Double? { row[column].flatMap(Double.init) }
      let direction = try #require(row["direction"].flatMap(Direction.init))
      var belief = number("confidence").map { Belief(direction, confidence: $0) }
      if let down = number("p_down"), let none = number("p_none"), let up = number("p_up") {
        belief = Belief(down: down, none: none, up: up)
      }
      var range: Forecast.Range?
      if let low = number("lo"), let high = number("hi"), let level = number("level") {
        range = Forecast.Range(Interval(lower: low, upper: high), level: level)
      }
      let question = Question(
        factor: row["factor"] ?? "",
        kind: row["contrast"] == "trend" ? .trend : .level,
        from: row["from"] ?? "",
        to: row["to"] ?? "",
        metric: row["metric"] ?? ""
      )
      return (
        row["case"] ?? "",
        Forecast(
          id: row["id"] ?? "",
          who: row["who"] ?? "",
          question: question,
          direction: direction,
          belief: belief,
          range: range
        )
      )
    }
  }

  /// What is written, read back.
  static func written(_ json: JSON) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(json.text.utf8))
  }
}

extension RunTable.Row {
  /// A finished run.
  static func ok(_ levels: [String], seed: Int, _ values: [Double?]) -> RunTable.Row {
    RunTable.Row(status: "ok", levels: levels, seed: seed, values: values)
  }
}

/// A JSON value to compare with.
enum Value: Equatable, Decodable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([Value])
  case object([String: Value])

  struct Mismatch: Error { let wanted: String }

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let number = try? single.decode(Double.self) {
      // Numbers are the most frequent; an attempt that fails costs more than one that does not.
      let isWhole = number == number.rounded()
      self = (isWhole ? try? single.decode(Int.self) : nil).map(Value.integer) ?? .number(number)
    } else if let text = try? single.decode(String.self) {
      self = .text(text)
    } else if let list = try? single.decode([Value].self) {
      self = .list(list)
    } else if let truth = try? single.decode(Bool.self) {
      self = .boolean(truth)
    } else {
      self = .object(try single.decode([String: Value].self))
    }
  }

  subscript(key: String) -> Value {
    get throws {
      guard case .object(let members) = self, let member = members[key] else {
        throw Mismatch(wanted: key)
      }
      return member
    }
  }

  var list: [Value] {
    get throws {
      guard case .list(let list) = self else { throw Mismatch(wanted: "a list") }
      return list
    }
  }

  var members: [String: Value] {
    get throws {
      guard case .object(let members) = self else { throw Mismatch(wanted: "an object") }
      return members
    }
  }

  var text: String {
    get throws {
      guard case .text(let text) = self else { throw Mismatch(wanted: "a text") }
      return text
    }
  }

  var boolean: Bool {
    get throws {
      guard case .boolean(let truth) = self else { throw Mismatch(wanted: "true or false") }
      return truth
    }
  }

  var number: Double {
    get throws {
      guard let double else { throw Mismatch(wanted: "a number") }
      return double
    }
  }

  var integer: Int {
    get throws {
      guard case .integer(let integer) = self else { throw Mismatch(wanted: "an integer") }
      return integer
    }
  }

  private var double: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    case .null, .boolean, .text, .list, .object: nil
    }
  }

  /// What is told of a contrast, and of a metric, beside what the reference sets know.
  private static let laterKeys: Set<String> = [
    "missing", "signflip_confirms", "method", "aliases", "unpaired", "variance_shares",
  ]

  /// Where another value differs, as paths; keys must be the same on both sides.
  ///
  /// Floats may differ by 1e-9 · max(1, |wanted|), which is far above the error of either side's
  /// sums and far below anything that is decided.
  func differences(from found: Value, at path: String = "") -> [String] {
    switch (self, found) {
    case (.object(let wanted), .object(let other)):
      Set(wanted.keys).union(other.keys).subtracting(Self.laterKeys).sorted().flatMap { key in
        guard let here = wanted[key] else { return ["\(path).\(key): not wanted"] }
        guard let there = other[key] else { return ["\(path).\(key): missing"] }
        return here.differences(from: there, at: "\(path).\(key)")
      }
    case (.list(let wanted), .list(let other)) where wanted.count == other.count:
      zip(wanted, other).enumerated().flatMap { index, pair in
        pair.0.differences(from: pair.1, at: "\(path)[\(index)]")
      }
    case (.integer(let wanted), .integer(let other)):
      wanted == other ? [] : ["\(path): want \(wanted), got \(other)"]
    default:
      if let wanted = double, let other = found.double {
        abs(wanted - other) <= 1e-9 * max(1, abs(wanted))
          ? [] : ["\(path): want \(wanted), got \(other)"]
      } else {
        self == found ? [] : ["\(path): want \(self), got \(found)"]
      }
    }
  }
}

/// Expects to be written what the reference holds, and shows the first differences.
func expect(
  _ found: JSON,
  equals wanted: Value,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let differences = wanted.differences(from: try Reference.written(found))
  #expect(differences.prefix(5) == [], sourceLocation: sourceLocation)
}
