package import Notation
package import Statistics

/// The design of an analysis, read from JSON as `sweep effects --design` takes it.
package struct DesignFile: Sendable {
  package let design: Design

  /// Keys that mean nothing here and were passed over.
  package let warnings: [String]

  /// Reads alpha, the coverage that a seed needs, factors, metrics and questions.
  ///
  /// - Parameters:
  ///   - source: The JSON.
  ///   - vocabulary: By what names the measurands are known that an analysis asks for.
  /// - Throws: `SpecFaults` with all that is wrong, each with its place.
  package init(_ source: SourceText, vocabulary: [MetricDescription]) throws(SpecFaults) {
    var json = JSONReader(source)
    let node = json.document()
    let faults = json.faults.map { SpecFault(error: .syntax($0.fault), place: $0.place) }
    guard let node, faults.isEmpty else { throw SpecFaults(faults) }
    // Designs come from other tools too, which have keys of their own.
    var reader = SpecReader(
      trainer: nil,
      directory: "",
      files: nil,
      refusesUnknownKeys: false
    )
    let design = reader.design(node, vocabulary)
    guard reader.faults.isEmpty else { throw SpecFaults(reader.faults) }
    self.design = design
    warnings = reader.warnings
  }
}

extension Grammar {
  fileprivate static let design = Grammar(
    "design",
    namesOwner: false,
    [
      Field("alpha", .number(.inside(0, 1)), default: 0.05),
      Field("min_coverage", .number(.between(0, 1))),
      Field("factors", .list(.entry(factor)), isRequired: true),
      Field("metrics", .list(.entry(measured)), isRequired: true),
      Field("questions", .list(.entry(designQuestion))),
      Field("seeds", .entry(seedRule)),
    ]
  )

  private static let name = Field("name", .text(), isRequired: true)

  fileprivate static let factor = Grammar("factor", [name] + levels.fields)

  fileprivate static let measured = Grammar("metric", [name] + metric.fields.map(\.optional))

  fileprivate static let designQuestion = Grammar(
    "question",
    question.fields.map { ["factor", "metric"].contains($0.key) ? $0 : $0.optional }
      + [Field("contrast", .word(Question.Kind.self))]
  )
}

extension SpecReader {
  fileprivate mutating func design(
    _ node: JSONNode,
    _ vocabulary: [MetricDescription]
  ) -> Design {
    let root = entry(node, .design, "the design")
    let factors = root.elements("factors").compactMap { factor($0) }
    let metrics = root.elements("metrics").compactMap { node -> Metric? in
      let owner = owner("metric", node)
      let entry = entry(node, .measured, owner)
      checkRange(entry, owner)
      return entry.text("name").map { Metric($0, entry, vocabulary) }
    }
    unique(factors.map(\.name), "factors", at: node)
    unique(metrics.map(\.name), "metrics", at: node)
    let questions = root.elements("questions").enumerated().compactMap { index, node in
      question(node, "question \(index + 1)", factors, metrics)
    }
    let design = Design(
      alpha: root.number("alpha") ?? 0.05,
      minimumCoverage: root.number("min_coverage"),
      factors: factors,
      metrics: metrics,
      questions: questions
    )
    guard let rule = root["seeds"], let schedule = looks(rule) else { return design }
    if let alpha = root["alpha"], design.alpha > Self.largestAlpha {
      mismatch("'alpha'", alpha, expected: "at most \(Self.largestAlpha) where 'seeds' has looks")
      return design
    }
    return Design(
      alpha: design.alpha,
      minimumCoverage: design.minimumCoverage,
      factors: factors,
      metrics: metrics,
      questions: questions,
      seeds: SeedRule(
        plan: LookPlan(schedule, alpha: design.alpha),
        asked: questions.isEmpty ? design.averageQuestions : questions
      )
    )
  }

  /// The levels of looks were checked up to here.
  private static let largestAlpha = 0.2

  /// How faults name an object: by its name, where it has one.
  private func owner(_ kind: String, _ node: JSONNode) -> String {
    node.member("name")?.value.value.string.map { "the \(kind) '\($0)'" } ?? "a \(kind)"
  }

  private mutating func factor(_ node: JSONNode) -> Factor? {
    let entry = entry(node, .factor, owner("factor", node))
    guard let name = entry.text("name") else { return nil }
    let levels = entry.elements("levels").map(\.value.levelText)
    var seen: Set<String> = []
    for level in levels where !seen.insert(level).inserted {
      report(.duplicateLevel(level, axis: name, first: level), at: entry["levels"]?.place)
    }
    let scores = entry["scores"].map { _ in entry.elements("scores").compactMap(\.value.double) }
    if let scores, scores.count != levels.count {
      report(
        .scoreCount(axis: name, scores: scores.count, levels: levels.count),
        at: entry["scores"]?.place
      )
      return nil
    }
    return Factor(
      name: name,
      levels: levels,
      isOrdered: entry.boolean("ordered") ?? false,
      scores: scores
    )
  }

  private mutating func question(
    _ node: JSONNode,
    _ owner: String,
    _ factors: [Factor],
    _ metrics: [Metric]
  ) -> Question? {
    let entry = entry(node, .designQuestion, owner)
    let kind = entry.word("contrast", Question.Kind.self) ?? .level
    guard let name = entry.text("factor"), let metric = entry.text("metric") else { return nil }
    var ends: [JSONNode] = []
    for key in ["from", "to"] where kind == .level {
      if let end = entry[key] { ends.append(end) } else { missing(key, of: owner, node) }
    }
    check(ends, of: name, at: entry["factor"]?.place, owner, factors)
    for member in entry.members("at") {
      check([member.value], of: member.key, at: member.keyPlace, owner, factors)
      if member.key == name { report(.factorHeld(name, question: owner), at: member.keyPlace) }
    }
    if !metrics.contains(where: { $0.name == metric }) {
      report(.unknownMetric(metric, known: metrics.map(\.name)), at: entry["metric"]?.place)
    }
    let levels = ends.map(\.value.levelText)
    if levels.count == 2, levels[0] == levels[1] {
      report(.sameLevels(question: owner), at: node.place)
    }
    return Question(
      factor: name,
      kind: kind,
      from: levels.first ?? "",
      to: levels.last ?? "",
      metric: metric,
      at: Dictionary(entry.members("at").map { ($0.key, $0.value.value.levelText) }) { $1 }
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
      report(.unknownAxis(name, subject: subject, known: factors.map(\.name)), at: place)
      return
    }
    for level in levels where !factor.levels.contains(level.value.levelText) {
      report(
        .unknownLevel(level.value.levelText, axis: name, known: factor.levels),
        at: level.place
      )
    }
  }

  private mutating func unique(_ names: [String], _ kind: String, at node: JSONNode) {
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      mismatch("the name '\(name)' of two \(kind)", node, expected: "a name of its own")
    }
  }
}
