import Notation
import Statistics

extension SpecReader {
  mutating func metrics(
    _ members: [JSONNode.Member],
    _ drafts: [AxisDraft],
    _ vocabulary: [MetricDescription]
  ) -> [Metric] {
    members.map { member in
      let name = member.key
      if SpecReader.reservedNames.contains(name) { report(.reserved(name), at: member.keyPlace) }
      if drafts.contains(where: { $0.name == name }) {
        report(.axisIsMetric(name), at: member.keyPlace)
      }
      if checksSettings, let trainer, !trainer.measures(name) {
        report(.unknownMetric(name, known: trainer.finalMetrics), at: member.keyPlace)
      }
      let owner = "the metric '\(name)'"
      let entry = entry(member.value, .metric, owner)
      checkRange(entry, owner)
      return Metric(name, entry, vocabulary)
    }
  }

  mutating func checkRange(_ entry: Entry, _ owner: String) {
    guard let node = entry["range"] else { return }
    let ends = entry.elements("range").compactMap(\.value.double)
    if ends.count != 2 || ends[0] >= ends[1] {
      mismatch(
        "'range' of \(owner)",
        node,
        expected: Grammar.metric.field("range")?.expectation ?? ""
      )
    }
  }

  // MARK: questions

  mutating func questions(
    _ nodes: [JSONNode],
    axes: [Axis],
    metrics: [Metric]
  ) -> [(asked: AskedQuestion, place: SourcePlace)] {
    var questions: [(asked: AskedQuestion, place: SourcePlace)] = []
    for node in nodes {
      let owner =
        node.member("id")?.value.value.string.map { "the question '\($0)'" }
        ?? "a question"
      let entry = entry(node, .question, owner)
      let id = entry.text("id")
      if let id, questions.contains(where: { $0.asked.id == id }) {
        report(.duplicateQuestion(id), at: entry["id"]?.place)
      }
      guard let question = contrast(entry, owner, axes: axes, metrics: metrics) else { continue }
      let asked = AskedQuestion(
        id: id ?? "",
        question: question,
        ask: entry.text("ask") ?? "",
        isForLesson: entry.boolean("lesson") ?? false
      )
      questions.append((asked, node.place))
    }
    return questions
  }

  /// Reads factor, from, to, metric and at, which questions and forecasts share.
  private mutating func contrast(
    _ entry: Entry,
    _ owner: String,
    axes: [Axis],
    metrics: [Metric]
  ) -> Question? {
    let subject = owner.prefix(1).uppercased() + owner.dropFirst()
    let metric = entry.text("metric")
    if let metric, !metrics.contains(where: { $0.name == metric }) {
      report(
        metrics.isEmpty
          ? .noMetrics(subject: subject) : .unknownMetric(metric, known: metrics.map(\.name)),
        at: entry["metric"]?.place
      )
    }
    let factor = entry.text("factor")
    let at = held(entry.members("at"), factor: factor, owner, axes: axes)
    guard let factor else { return nil }
    guard let axis = axes.first(where: { $0.name == factor }) else {
      report(
        .unknownAxis(factor, subject: subject, known: axes.map(\.name)),
        at: entry["factor"]?.place
      )
      return nil
    }
    let ends = ["from", "to"].map { key in entry[key].flatMap { level($0, of: axis) } }
    guard let from = ends[0], let to = ends[1], let metric else { return nil }
    if from == to { report(.sameLevels(question: subject), at: entry["to"]?.place) }
    return Question(factor: factor, from: from, to: to, metric: metric, at: at)
  }

  private mutating func held(
    _ members: [JSONNode.Member],
    factor: String?,
    _ owner: String,
    axes: [Axis]
  ) -> [String: String] {
    var held: [String: String] = [:]
    for member in members {
      guard let axis = axes.first(where: { $0.name == member.key }) else {
        report(
          .unknownAxis(member.key, subject: "'at' of \(owner)", known: axes.map(\.name)),
          at: member.keyPlace
        )
        continue
      }
      if member.key == factor {
        let subject = owner.prefix(1).uppercased() + owner.dropFirst()
        report(.factorHeld(member.key, question: subject), at: member.keyPlace)
      }
      held[axis.name] = level(member.value, of: axis)
    }
    return held
  }

  /// The text of the level that a value means.
  private mutating func level(_ node: JSONNode, of axis: Axis) -> String? {
    if case .unreadable = node.content { return nil }
    let value = node.value.withoutComments
    let found =
      axis.levels.first { $0.values[axis.name] == value }
      ?? axis.levels.first { $0.text == value.string }
    if found == nil {
      report(
        .unknownLevel(value.levelText, axis: axis.name, known: axis.levels.map(\.text)),
        at: node.place
      )
    }
    return found?.text
  }

  // MARK: textbook

  mutating func textbook(
    _ nodes: [JSONNode],
    _ questions: [AskedQuestion],
    axes: [Axis],
    metrics: [Metric]
  ) -> [TextbookForecast] {
    var forecasts: [TextbookForecast] = []
    for node in nodes {
      let entry = entry(node, .forecast, "a forecast of 'textbook'")
      guard
        let (asked, isReversed) = subject(entry, questions, axes: axes, metrics: metrics),
        let direction = entry.word("direction", Direction.self),
        let confidence = entry.integer("confidence_pct")
      else { continue }
      if forecasts.contains(where: { $0.asked == asked }) {
        report(.duplicateForecast(question: asked.id), at: node.place)
      }
      forecasts.append(
        TextbookForecast(
          asked: asked,
          direction: isReversed ? direction.reversed : direction,
          confidencePercent: confidence,
          premise: entry.word("premise", Premise.self) ?? .any,
          source: entry.text("source") ?? "",
          failsWhen: entry.texts("fails_when")
        )
      )
    }
    return forecasts
  }

  /// The question that a forecast answers, and whether it speaks of the opposite way.
  private mutating func subject(
    _ entry: Entry,
    _ questions: [AskedQuestion],
    axes: [Axis],
    metrics: [Metric]
  ) -> (AskedQuestion, isReversed: Bool)? {
    let owner = "a forecast of 'textbook'"
    guard entry.node.member("question") == nil else {
      guard let id = entry.text("question") else { return nil }
      if let asked = questions.first(where: { $0.id == id }) { return (asked, false) }
      report(.unknownQuestion(id, known: questions.map(\.id)), at: entry["question"]?.place)
      return nil
    }
    for key in Grammar.neededContrast where entry.node.member(key) == nil {
      missing(key, of: owner, entry.node)
    }
    guard let own = contrast(entry, owner, axes: axes, metrics: metrics) else { return nil }
    if let asked = questions.first(where: { $0.question == own }) { return (asked, false) }
    if let asked = questions.first(where: { $0.question == own.reversed }) { return (asked, true) }
    return (AskedQuestion(id: "", question: own), false)
  }
}

extension Metric {
  /// A metric as the spec or a design declares it.
  init(_ name: String, _ entry: Entry, _ vocabulary: [MetricDescription]) {
    self.init(
      name: name,
      delta: entry.number("delta") ?? 0,
      scale: entry.word("scale", Scale.self) ?? .linear,
      better: entry.word("better", Better.self) ?? .none,
      show: entry.word("show", Show.self) ?? .plain,
      range: Self.range(entry.elements("range").compactMap(\.value.double))
        ?? vocabulary.first { $0.describes(name) }?.range,
      measurand: vocabulary.measurand(of: name)
    )
  }

  private static func range(_ ends: [Double]) -> Interval? {
    ends.count == 2 && ends[0] < ends[1] ? Interval(lower: ends[0], upper: ends[1]) : nil
  }
}
