/// What a trainer says about a number that it prints.
package struct MetricDescription: Sendable, Equatable {
  /// The name in what is printed; a `*` in it stands for any text, as in `accuracy[*]`.
  package let name: String
  /// What it is counted in.
  package let unit: String
  package let better: Metric.Better
  /// What it measures, where someone asks for that; a point of a curve measures what the result of the same name does.
  package let measurand: Measurand?
  package let roles: Set<Role>
  /// When runs print it, in words that complete 'printed ...'.
  package let appears: String
  /// One line of meaning.
  package let summary: String
  /// How many examples of a set a point of the curves is measured on, but for the last one; nil for all.
  package let sampleSize: Int?

  /// What a number is printed for.
  package enum Role: Sendable, CaseIterable {
    /// A result of the run, measured at its end.
    case result
    /// A point of the learning curves.
    case curve
    /// Told at the end of the run too, but about how it went.
    case bookkeeping
  }

  package init(
    _ name: String,
    unit: String,
    better: Metric.Better,
    measurand: Measurand? = nil,
    roles: Set<Role> = [.result],
    appears: String = "always",
    sampleSize: Int? = nil,
    _ summary: String
  ) {
    self.name = name
    self.unit = unit
    self.better = better
    self.measurand = measurand
    self.roles = roles
    self.appears = appears
    self.sampleSize = sampleSize
    self.summary = summary
  }

  /// The least and the largest value that there can be; nil where the unit does not say.
  package var range: Interval? { unit == "share" ? Interval(lower: 0, upper: 1) : nil }

  /// Whether the name stands for several.
  package var isPattern: Bool { name.contains("*") }

  /// Whether a printed name is this one, or one that the pattern stands for.
  package func describes(_ printed: String) -> Bool {
    isPattern ? part(in: printed) != nil : printed == name
  }

  /// What a printed name has in the pattern's gap; nil where the pattern does not stand for it.
  package func part(in printed: String) -> Substring? {
    let parts = name.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2, printed.count > name.count - 1, printed.hasPrefix(parts[0]),
      printed.hasSuffix(parts[1])
    else { return nil }
    return printed.dropFirst(parts[0].count).dropLast(parts[1].count)
  }
}
