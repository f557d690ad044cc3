package import Notation
package import Statistics

/// The design of an analysis, read from JSON as `sweep effects --design` takes it.
package struct DesignFile: Sendable {
  package let design: Design

  /// Keys that mean nothing here and were passed over.
  package let warnings: [String]

  /// Reads alpha, the coverage that a seed needs, factors, metrics and questions.
  ///
  /// - Throws: `SpecFaults` with all that is wrong, each with its place.
  package init(_ source: SourceText) throws(SpecFaults) {
    var json = JSONReader(source)
    let node = json.document()
    let faults = json.faults.map { SpecFault(error: .syntax($0.fault), place: $0.place) }
    guard let node, faults.isEmpty else { throw SpecFaults(faults) }
    var reader = DesignReader()
    let design = reader.design(node)
    guard reader.values.faults.isEmpty else { throw SpecFaults(reader.values.faults) }
    self.design = design
    warnings = reader.warnings
  }
}

/// Understands the JSON of a design, and notes every fault on the way.
private struct DesignReader {
  var values = SpecReader(trainer: nil, directory: "", checksSettings: false)
  private(set) var warnings: [String] = []

  mutating func design(_ node: JSONNode) -> Design {
    let fields = fields(
      of: node,
      "the design",
      known: ["alpha", "min_coverage", "factors", "metrics", "questions"]
    )
    let alpha = share(fields["alpha"], "'alpha'", excludingEnds: true) ?? 0.05
    let coverage = share(fields["min_coverage"], "'min_coverage'", excludingEnds: false) ?? 0.5
    let factors = values.elements(
      of: values.required("factors", in: fields, "the design", of: node),
      "'factors'"
    ).compactMap { factor($0) }
    let metrics = values.elements(
      of: values.required("metrics", in: fields, "the design", of: node),
      "'metrics'"
    ).compactMap { metric($0) }
    unique(factors.map(\.name), "factors", at: node)
    unique(metrics.map(\.name), "metrics", at: node)
    let questions = values.elements(of: fields["questions"], "'questions'").enumerated()
      .compactMap { place, node in question(node, place, factors, metrics) }
    return Design(
      alpha: alpha,
      minimumCoverage: coverage,
      factors: factors,
      metrics: metrics,
      questions: questions
    )
  }

  private mutating func factor(_ node: JSONNode) -> Factor? {
    let fields = fields(of: node, "a factor", known: ["name", "levels", "ordered", "scores"])
    let name = values.text(values.required("name", in: fields, "a factor", of: node), "'name'")
    guard let name else { return nil }
    let subject = "the factor '\(name)'"
    let list = values.required("levels", in: fields, subject, of: node)
    let levels = values.elements(of: list, "'levels' of \(subject)", of: "levels")
      .map(\.value.levelText)
    for (place, level) in levels.enumerated() {
      if let first = levels[..<place].first(where: { $0 == level }) {
        values.report(.duplicateLevel(level, axis: name, first: first), at: list?.place)
      }
    }
    let isOrdered = values.boolean(fields["ordered"], "'ordered' of \(subject)") ?? false
    let scores = fields["scores"].map { node in
      values.elements(of: node, "'scores' of \(subject)", of: "numbers")
        .compactMap { values.number($0, "a score of \(subject)") }
    }
    if let scores, scores.count != levels.count {
      values.report(
        .scoreCount(axis: name, scores: scores.count, levels: levels.count),
        at: fields["scores"]?.place
      )
      return nil
    }
    return Factor(name: name, levels: levels, isOrdered: isOrdered, scores: scores)
  }

  private mutating func metric(_ node: JSONNode) -> Metric? {
    let fields = fields(
      of: node,
      "a metric",
      known: ["name", "delta", "better", "scale", "show"]
    )
    let name = values.text(values.required("name", in: fields, "a metric", of: node), "'name'")
    guard let name else { return nil }
    let subject = "of the metric '\(name)'"
    let delta = values.number(fields["delta"], "'delta' \(subject)") ?? 0
    if delta < 0, let node = fields["delta"] {
      values.mismatch("'delta' \(subject)", node, expected: "0 or more")
    }
    return Metric(
      name: name,
      delta: max(0, delta),
      scale: values.word(fields["scale"], "'scale' \(subject)", Metric.Scale.self) ?? .linear,
      better: values.word(fields["better"], "'better' \(subject)", Metric.Better.self) ?? .none,
      show: values.word(fields["show"], "'show' \(subject)", Metric.Show.self) ?? .plain
    )
  }

  private mutating func question(
    _ node: JSONNode,
    _ place: Int,
    _ factors: [Factor],
    _ metrics: [Metric]
  ) -> Question? {
    let subject = "question \(place + 1)"
    let fields = fields(
      of: node,
      subject,
      known: ["id", "ask", "contrast", "factor", "from", "to", "metric", "at"]
    )
    let kind =
      values.word(fields["contrast"], "'contrast' of \(subject)", Question.Kind.self)
      ?? .level
    let name = values.text(values.required("factor", in: fields, subject, of: node), "'factor'")
    let metric = values.text(values.required("metric", in: fields, subject, of: node), "'metric'")
    let held = fields["at"].flatMap { values.members(of: $0, "'at' of \(subject)") } ?? []
    guard let name, let metric else { return nil }
    let ends =
      kind == .trend
      ? []
      : ["from", "to"].compactMap { values.required($0, in: fields, subject, of: node) }
    check(ends, of: name, at: fields["factor"]?.place, subject, factors)
    for member in held {
      check([member.value], of: member.key, at: member.keyPlace, subject, factors)
      if member.key == name {
        values.report(.factorHeld(name, question: subject), at: member.keyPlace)
      }
    }
    if let node = fields["metric"], !metrics.contains(where: { $0.name == metric }) {
      values.report(.unknownMetric(metric, known: metrics.map(\.name)), at: node.place)
    }
    let levels = ends.map(\.value.levelText)
    if levels.count == 2, levels[0] == levels[1] {
      values.report(.sameLevels(question: subject), at: node.place)
    }
    return Question(
      factor: name,
      kind: kind,
      from: levels.first ?? "",
      to: levels.last ?? "",
      metric: metric,
      at: Dictionary(held.map { ($0.key, $0.value.value.levelText) }) { first, _ in first }
    )
  }

  /// Reports a factor that the design does not have, or else the levels that the factor does not
  /// have.
  private mutating func check(
    _ levels: [JSONNode],
    of name: String,
    at place: SourcePlace?,
    _ subject: String,
    _ factors: [Factor]
  ) {
    guard let factor = factors.first(where: { $0.name == name }) else {
      let known = factors.map(\.name)
      values.report(.unknownAxis(name, subject: subject, known: known), at: place)
      return
    }
    for level in levels where !factor.levels.contains(level.value.levelText) {
      values.report(
        .unknownLevel(level.value.levelText, axis: name, known: factor.levels),
        at: level.place
      )
    }
  }

  /// The members of an object; those that mean nothing here are warned of, since designs come from
  /// other tools.
  private mutating func fields(
    of node: JSONNode,
    _ subject: String,
    known: [String]
  ) -> [String: JSONNode] {
    var fields: [String: JSONNode] = [:]
    for member in values.members(of: node, subject) ?? [] {
      if known.contains(member.key) {
        fields[member.key] = member.value
      } else {
        let hint = Suggestion.nearest(to: member.key, among: known).map { " Did you mean '\($0)'?" }
        warnings.append("The key '\(member.key)' of \(subject) means nothing here.\(hint ?? "")")
      }
    }
    return fields
  }

  private mutating func share(
    _ node: JSONNode?,
    _ subject: String,
    excludingEnds: Bool
  ) -> Double? {
    guard let node, let number = values.number(node, subject) else { return nil }
    guard 0...1 ~= number, !excludingEnds || number != 0 && number != 1 else {
      values.mismatch(subject, node, expected: "between 0 and 1")
      return nil
    }
    return number
  }

  private mutating func unique(_ names: [String], _ kind: String, at node: JSONNode) {
    for (place, name) in names.enumerated() where names[..<place].contains(name) {
      values.mismatch("the name '\(name)' of two \(kind)", node, expected: "a name of its own")
    }
  }
}
