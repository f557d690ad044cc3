package import Foundation
import Notation
import Storage
package import Sweeps

/// What a task of a cluster tells its coordinator, in a file that is whole from its first moment.
///
/// ```
/// {"sweep":1,"task":3,"token":"4711_3.0.9f2c11d0","site":{"node":"n2","processor":"...","job":"4711_3"}}
/// {"began":"3f2a51c09b6d7e84","at":1700000000.25}
/// {"ended":"3f2a51c09b6d7e84","outcome":"ok","code":-1,"reason":"","lines":[],"at":1700000000.25,"seconds":1.5,...}
/// ```
package struct Segment: Sendable, Equatable {
  /// Of the lines above.
  static let version = 1

  package enum Line: Sendable, Equatable {
    case began(run: String, at: Date, device: String)
    case ended(Ending)
  }

  /// How an attempt ended, told without the run itself, which the coordinator has.
  package struct Ending: Sendable, Equatable {
    package let run: String
    package let outcome: Outcome
    package let measurements: Measurements
    package let lastLines: [String]
    package let started: Date
    package let duration: Duration
    package let device: String
    /// The number in the name of its log, where it left one.
    package let attempt: Int

    package init(
      run: String,
      outcome: Outcome,
      measurements: Measurements,
      lastLines: [String],
      started: Date,
      duration: Duration,
      device: String,
      attempt: Int
    ) {
      self.run = run
      self.outcome = outcome
      self.measurements = measurements
      self.lastLines = lastLines
      self.started = started
      self.duration = duration
      self.device = device
      self.attempt = attempt
    }
  }

  package let task: Int
  /// Names this start of the task; no two have the same.
  package let token: String
  package let site: Site
  package var lines: [Line]

  package init(task: Int, token: String, site: Site, lines: [Line] = []) {
    self.task = task
    self.token = token
    self.site = site
    self.lines = lines
  }

  package var text: String {
    let head: JSON = [
      "sweep": JSON(Self.version), "task": JSON(task), "token": .string(token), "site": site.json,
    ]
    return ([head.text] + lines.map(\.json.text)).joined(separator: "\n") + "\n"
  }

  /// Reads a file; nil where it is none of this version.
  ///
  /// A line that is none says nothing.
  package init?(_ bytes: some Collection<UInt8>) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, let head = JSON(line: first)?.object,
      head["sweep"]?.integer == Self.version, let task = head["task"]?.integer,
      let token = head["token"]?.string
    else { return nil }
    self.init(
      task: task,
      token: token,
      site: Site(head["site"] ?? .null),
      lines: lines.dropFirst().compactMap { JSON(line: $0)?.object.flatMap(Line.init) }
    )
  }
}

extension Segment.Line {
  fileprivate var json: JSON {
    switch self {
    case .began(let run, let moment, let device):
      return [
        "began": .string(run), "at": JSON(moment.timeIntervalSince1970), "device": .string(device),
      ]
    case .ended(let ending):
      let columns = OutcomeColumns(ending.outcome)
      return [
        "ended": .string(ending.run), "outcome": .string(columns.outcome),
        "code": JSON(columns.code), "reason": .string(columns.reason),
        "lines": JSON(ending.lastLines), "at": JSON(ending.started.timeIntervalSince1970),
        "seconds": JSON(ending.duration.seconds), "device": .string(ending.device),
        "attempt": JSON(ending.attempt), "measured": ending.measurements.segmentJSON,
      ]
    }
  }

  fileprivate init?(_ object: JSONObject) {
    guard let seconds = object["at"]?.double else { return nil }
    let moment = Date(timeIntervalSince1970: seconds)
    let device = object["device"]?.string ?? ""
    if let run = object["began"]?.string {
      self = .began(run: run, at: moment, device: device)
      return
    }
    guard let run = object["ended"]?.string, let word = object["outcome"]?.string,
      let code = object["code"]?.double, let reason = object["reason"]?.string,
      let outcome = OutcomeColumns(outcome: word, code: code, reason: reason).value,
      let seconds = object["seconds"]?.double, seconds >= 0, seconds < 1e12
    else { return nil }
    self = .ended(
      Segment.Ending(
        run: run,
        outcome: outcome,
        measurements: Measurements(segmentJSON: object["measured"]?.object ?? JSONObject()),
        lastLines: object["lines"]?.array?.compactMap(\.string) ?? [],
        started: moment,
        duration: .seconds(seconds),
        device: device,
        attempt: object["attempt"]?.integer ?? 0
      )
    )
  }
}

extension Measurements {
  fileprivate var segmentJSON: JSON {
    [
      "final": Self.json(final),
      "curve": .array(
        curve.map { point in
          [
            .string(point.unit.rawValue), .number(Self.number(point.position)),
            Self.json(point.metrics),
          ]
        }
      ),
      "texts": JSON(texts), "correct": .string(Data(correct).base64EncodedString()),
    ]
  }

  fileprivate init(segmentJSON object: JSONObject) {
    self.init()
    final = Self.values(object["final"])
    curve = (object["curve"]?.array ?? []).compactMap { point in
      guard let parts = point.array, parts.count == 3,
        let unit = parts[0].string.flatMap(CurvePoint.Unit.init), let position = parts[1].double
      else { return nil }
      return CurvePoint(unit: unit, position: position, metrics: Self.values(parts[2]))
    }
    for member in object["texts"]?.object?.members ?? [] {
      texts[member.key] = member.value.string
    }
    correct = object["correct"]?.string.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
  }

  /// Numbers with all their bits; those that are not finite as words, which every reader of JSON takes.
  private static func json(_ values: [String: Double]) -> JSON {
    .object(
      JSONObject(
        values.sorted { $0.key < $1.key }.map { name, value in
          let word = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
          return JSONObject.Member(
            key: name,
            value: value.isFinite ? .number(Self.number(value)) : .string(word)
          )
        }
      )
    )
  }

  /// The shortest text of a number has no sign where that is 0.
  private static func number(_ value: Double) -> JSONNumber {
    let negativeZero = value == 0 && value.sign == .minus ? JSONNumber(text: "-0.0") : nil
    return negativeZero ?? JSONNumber(value)
  }

  private static func values(_ json: JSON?) -> [String: Double] {
    var values: [String: Double] = [:]
    for member in json?.object?.members ?? [] {
      values[member.key] =
        member.value.double ?? member.value.string.flatMap(NumberLiteral.notFinite)
    }
    return values
  }
}
