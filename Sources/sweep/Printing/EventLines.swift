import Execution
import Notation
import Statistics
import Sweeps

/// Events as JSON lines, for other programs.
///
/// ```
/// {"event":"planned","kept":0,"to_do":8,"new":8,"repeated":0,"dropped":0,"ledger":{...}}
/// {"event":"began","run":"3f2a...","attempt":1,"slot":0,"levels":["0.5"],"cell":{"dropout":"0.5"},"seed":0}
/// {"event":"ended","run":"3f2a...","attempt":1,"cell":{"dropout":"0.5"},"seed":0,"status":"ok","duration":1.25,"retried":false,"ledger":{...}}
/// {"event":"looked","look":1,"looks":4,"seeds":5,"next_seeds":8,"to_do":24,"states":{...},"ledger":{...}}
/// {"event":"rested","device":"1","failures":3}
/// {"event":"noted","text":"..."}
/// {"event":"stopping","reason":"..."}
/// {"event":"finished","unsuccessful":0,"ledger":{...}}
/// ```
enum EventLines {
  /// - Parameters:
  ///   - event: What happened.
  ///   - axes: The names of the axes, in the order of a run's levels.
  ///   - showsResults: Whether metrics are told.
  /// - Returns: One line.
  static func object(_ event: SweepEvent, axes: [String], showsResults: Bool) -> JSON {
    switch event {
    case .planned(let plan):
      [
        "event": "planned", "kept": JSON(plan.kept), "to_do": JSON(plan.indices.count),
        "new": JSON(plan.new), "repeated": JSON(plan.repeated),
        "dropped": JSON(plan.dropped), "ledger": plan.ledger.json,
      ]
    case .endedLeftovers(let count): ["event": "ended_leftovers", "count": JSON(count)]
    case .began(let run, let attempt, let slot, _):
      [
        "event": "began", "run": .string(run.id), "attempt": JSON(attempt),
        "slot": JSON(slot), "levels": JSON(run.levels), "cell": cell(run, axes),
        "seed": JSON(run.seed),
      ]
    case .ended(let record, let ledger, let willRetry):
      ended(record, axes, ledger, willRetry, showsResults)
    case .looked(let news): looked(news)
    case .rested(let device, let failures):
      ["event": "rested", "device": .string(device), "failures": JSON(failures)]
    case .noted(let sentence): ["event": "noted", "text": .string(sentence)]
    case .stopping(let reason): ["event": "stopping", "reason": .string(reason.sentence)]
    }
  }

  private static func looked(_ news: LookNews) -> JSON {
    [
      "event": "looked", "look": JSON(news.number), "looks": JSON(news.looks),
      "seeds": JSON(news.seeds), "next_seeds": JSON(news.next),
      "to_do": JSON(news.added.indices.count),
      "states": news.states.map { states in
        .object(
          JSONObject(
            LookStanding.State.allCases.map {
              JSONObject.Member(key: $0.rawValue, value: JSON(states[$0] ?? 0))
            }
          )
        )
      } ?? .null,
      "ledger": news.ledger.json,
    ]
  }

  static func object(_ end: SweepEnd) -> JSON {
    [
      "event": "finished", "unsuccessful": JSON(end.unsuccessful), "ledger": end.ledger.json,
    ]
  }

  /// The levels of a run by the names of their axes.
  private static func cell(_ run: Run, _ axes: [String]) -> JSON {
    .object(
      JSONObject(
        zip(axes, run.levels).map { JSONObject.Member(key: $0, value: .string($1)) }
      )
    )
  }

  private static func ended(
    _ record: Record,
    _ axes: [String],
    _ ledger: Ledger,
    _ willRetry: Bool,
    _ showsResults: Bool
  ) -> JSON {
    var object: JSONObject = [
      "event": "ended", "run": .string(record.run.id), "attempt": JSON(record.attempt),
      "cell": cell(record.run, axes), "seed": JSON(record.run.seed),
      "status": .string(record.status.rawValue),
      "duration": JSON(record.duration.seconds), "retried": .boolean(willRetry),
      "ledger": ledger.json,
    ]
    if record.outcome != .finished {
      object["reason"] = .string(record.outcome.description)
      object["last_lines"] = JSON(record.lastLines)
    }
    if showsResults { object["metrics"] = record.measurements.json }
    return .object(object)
  }
}
