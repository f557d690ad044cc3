package import Notation
package import Statistics

extension Design {
  /// The design as `sweep effects --design` reads it.
  package var json: JSON {
    var object: JSONObject = [
      "alpha": measured(alpha), "factors": .array(factors.map(\.json)),
      "metrics": .array(metrics.map(\.json)),
    ]
    object["min_coverage"] = minimumCoverage.map { measured($0) }
    return .object(object)
  }
}

extension Factor {
  fileprivate var json: JSON {
    var object: JSONObject = ["name": .string(name), "levels": JSON(levels)]
    if isOrdered { object["ordered"] = true }
    if scores != levels.indices.map(Double.init) { object["scores"] = .array(scores.map(measured)) }
    return .object(object)
  }
}

extension Metric {
  fileprivate var json: JSON {
    var object: JSONObject = [
      "name": .string(name), "delta": measured(declaredDelta), "better": .string(better.rawValue),
    ]
    if scale != .linear { object["scale"] = .string(scale.rawValue) }
    if show != .plain { object["show"] = .string(show.rawValue) }
    if let range { object["range"] = range.json }
    return .object(object)
  }
}
