import Notation
import Sweeps

/// The learning curves, read while they are written.
struct CurveRecords {
  private let evidence: Evidence

  init(_ evidence: Evidence) {
    self.evidence = evidence
  }

  /// One record per run with a list per metric, all of one length; null where nothing was measured.
  func writeColumns(to take: (JSONMembers) throws -> Void) throws {
    var members = JSONMembers()
    try evidence.curves.forEach(of: evidence.records) { curve in
      members.removeAll()
      members.append("run", .string(curve.run))
      for unit in curve.units {
        members.append(
          JSONMembers.Key(unit.rawValue),
          curve.coordinates.map { $0.unit == unit ? $0.position : nil }
        )
      }
      let keys = Self.keys(curve)
      for (key, series) in zip(keys, curve.series) { members.append(key, series.values) }
      try take(members)
    }
  }

  /// One record per point: the run, the epoch or step, and what was measured there.
  func writePoints(to take: (JSONMembers) throws -> Void) throws {
    let unitKeys: [CurvePoint.Unit: JSONMembers.Key] = [
      .epoch: JSONMembers.Key("epoch"), .step: JSONMembers.Key("step"),
    ]
    var members = JSONMembers()
    var last: (metrics: [String], keys: [JSONMembers.Key]) = ([], [])
    try evidence.curves.forEach(of: evidence.records) { curve in
      let metrics = curve.series.map(\.metric)
      if metrics != last.metrics { last = (metrics, Self.keys(curve)) }
      var run = JSONMembers()
      run.append("run", .string(curve.run))
      for (index, coordinate) in curve.coordinates.enumerated() {
        members.removeAll()
        members.append(run)
        if let key = unitKeys[coordinate.unit] {
          if let whole = Int(exactly: coordinate.position) {
            members.append(key, whole)
          } else {
            members.append(key, coordinate.position)
          }
        }
        for (key, series) in zip(last.keys, curve.series) {
          if let value = series.values[index] { members.append(key, value) }
        }
        try take(members)
      }
    }
  }

  private static func keys(_ curve: Curve) -> [JSONMembers.Key] {
    JSONMembers.keys(curve.series.map(\.metric), reserved: ["kind", "run", "epoch", "step"])
  }
}

extension Curve {
  /// The units that its coordinates have, one for nearly every program.
  fileprivate var units: [CurvePoint.Unit] {
    [.epoch, .step].filter { unit in coordinates.contains { $0.unit == unit } }
  }
}
