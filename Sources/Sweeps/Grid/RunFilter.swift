import Notation

/// Which of a spec's runs are wanted: `dropout=0.5 tuning=full,head seed=0`.
package struct RunFilter: Sendable, Equatable {
  /// The cells that are wanted.
  package let pattern: CellPattern
  /// The seeds that are wanted; nil for all.
  package let seeds: Set<Int>?

  /// Reads conditions that must all hold; each names an axis and one or more of its levels.
  ///
  /// - Throws: `SpecFaults` with all names and levels that there are not.
  package init(_ text: String, of spec: Spec) throws(SpecFaults) {
    let lookup = AxisLookup(axes: spec.axes)
    var faults: [SpecFault] = []
    var constraints: [CellPattern.Constraint] = []
    var seeds: Set<Int>?
    for condition in text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }) {
      let sides = condition.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        faults.append(SpecFault(error: .malformedFilter(String(condition)), place: nil))
        continue
      }
      if sides[0] == "seed" {
        let numbers = sides[1].split(separator: ",").map { Int($0) }
        let wanted = Set(numbers.compactMap(\.self))
        if numbers.contains(nil) || !wanted.isSubset(of: spec.seeds) {
          let known = spec.seeds.prefix(20).map(String.init)
          faults.append(
            SpecFault(error: .unknownLevel(sides[1], axis: "seed", known: known), place: nil)
          )
        }
        seeds = seeds?.intersection(wanted) ?? wanted
        continue
      }
      do {
        constraints.append(try RunFilter.constraint(sides[0], sides[1], lookup))
      } catch {
        faults.append(SpecFault(error: error, place: nil))
      }
    }
    guard faults.isEmpty else { throw SpecFaults(faults) }
    guard let pattern = CellPattern(intersecting: constraints) else {
      throw SpecFaults(.matchesNothing("The filter '\(text)'"))
    }
    self.pattern = pattern
    self.seeds = seeds
  }

  /// Whether a run of the spec is wanted; one with a level that the spec does not have is not.
  package func selects(_ run: Run, of spec: Spec) -> Bool {
    let indexes = zip(spec.axes, run.levels).compactMap { $0.index(of: $1) }
    return indexes.count == spec.axes.count && pattern.matches(indexes)
      && (seeds?.contains(run.seed) ?? true)
  }

  private static func constraint(
    _ name: String,
    _ text: String,
    _ lookup: AxisLookup
  ) throws(SpecError) -> CellPattern.Constraint {
    guard let target = lookup.target(name) else {
      throw .unknownAxis(name, subject: "The filter", known: lookup.axes.map(\.name))
    }
    // The text of a zip's level has commas of its own.
    if let levels = indexes(text, target, lookup) {
      return CellPattern.Constraint(axis: target.axis, levels: levels)
    }
    var levels: Set<Int> = []
    for part in text.split(separator: ",").map(String.init) {
      guard let found = indexes(part, target, lookup) else {
        throw .unknownLevel(part, axis: name, known: lookup.texts(of: target))
      }
      levels.formUnion(found)
    }
    return CellPattern.Constraint(axis: target.axis, levels: levels.sorted())
  }

  private static func indexes(
    _ text: String,
    _ target: AxisLookup.Target,
    _ lookup: AxisLookup
  ) -> [Int]? {
    let byText = lookup.indexes(of: .string(text), target)
    if !byText.isEmpty { return byText }
    guard let value = JSON(line: text.utf8) else { return nil }
    let byValue = lookup.indexes(of: value, target)
    return byValue.isEmpty ? nil : byValue
  }
}
