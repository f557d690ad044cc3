import Notation
import Statistics
import Sweeps

/// One record per change, trend and interaction, with the keys of `sweep effects` and beside them the
/// metric and which of the three it is.
struct EffectRecords {
  private let effects: [Effects]

  init(_ effects: [Effects]) {
    self.effects = effects
  }

  func write(to take: (JSONMembers) throws -> Void) throws {
    for effects in effects {
      for effect in effects.main { try take(record("main", effects, effect.json)) }
      for effect in effects.trends { try take(record("trend", effects, effect.json)) }
      for effect in effects.interactions { try take(record("interaction", effects, effect.json)) }
    }
  }

  private func record(
    _ kind: String,
    _ effects: Effects,
    _ effect: JSONObject
  ) -> JSONMembers {
    var members = JSONMembers()
    members.append("metric", .string(effects.metric.name))
    members.append("effect", .string(kind))
    members.append(JSONMembers.Key("delta"), effects.metric.delta)
    members.append(contentsOf: effect)
    return members
  }
}
