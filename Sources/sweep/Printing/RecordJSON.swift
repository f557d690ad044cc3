import Foundation
import Notation
import Sweeps

extension Record {
  /// The attempt as other programs read it; `metrics` only where results may be shown.
  func json(axes: [String], showsResults: Bool) -> JSON {
    var object = JSONObject()
    object["run"] = .string(run.id)
    object["status"] = .string(status.rawValue)
    object["attempt"] = JSON(attempt)
    object["levels"] = .object(
      JSONObject(zip(axes, run.levels).map { JSONObject.Member(key: $0, value: .string($1)) })
    )
    object["seed"] = JSON(run.seed)
    object["started"] = .string(started.text)
    object["duration"] = JSON(duration.seconds)
    object["outcome"] = .string(outcome.description)
    if !site.isEmpty { object["site"] = site.json }
    if !lastLines.isEmpty { object["last_lines"] = JSON(lastLines) }
    if showsResults { object["metrics"] = measurements.json }
    return .object(object)
  }
}

extension Ledger {
  var json: JSON {
    var object = JSONObject()
    object["planned"] = JSON(planned)
    for status in RunStatus.allCases { object[status.rawValue] = JSON(self[status]) }
    object["excluded"] = JSON(excluded)
    return .object(object)
  }
}

extension Measurements {
  /// The final values by name; what is not finite is one of the words nan, inf, -inf.
  var json: JSON {
    .object(
      JSONObject(
        final.sorted { $0.key < $1.key }.map {
          JSONObject.Member(key: $0.key, value: number($0.value))
        }
      )
    )
  }
}

func number(_ value: Double) -> JSON {
  guard value.isFinite else { return .string(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf") }
  return .number(JSONNumber(value))
}

extension Date {
  /// The moment in universal time: `2026-01-31 10:00:00Z`.
  var text: String {
    formatted(
      .iso8601.year().month().day().dateTimeSeparator(.space).time(
        includingFractionalSeconds: false
      )
      .timeZone(separator: .omitted)
    )
  }
}
