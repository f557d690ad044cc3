import Notation
import Statistics

extension SpecReader {
  mutating func metrics(_ node: JSONNode?, _ drafts: [AxisDraft]) -> [Metric] {
    guard let node, let members = members(of: node, "'metrics'") else { return [] }
    var metrics: [Metric] = []
    for member in members {
      let name = member.key
      let subject = "the metric '\(name)'"
      if SpecReader.reservedNames.contains(name) { report(.reserved(name), at: member.keyPlace) }
      if drafts.contains(where: { $0.name == name }) {
        report(.axisIsMetric(name), at: member.keyPlace)
      }
      if checksSettings, let trainer, !trainer.measures(name) {
        report(.unknownMetric(name, known: trainer.finalMetrics), at: member.keyPlace)
      }
      let fields = fields(of: member.value, subject, known: ["better", "delta", "show", "scale"])
      let better = word(
        required("better", in: fields, subject, of: member.value),
        "'better' of \(subject)",
        Metric.Better.self
      )
      let delta = number(
        required("delta", in: fields, subject, of: member.value),
        "'delta' of \(subject)"
      )
      if let delta, delta < 0, let node = fields["delta"] {
        mismatch("'delta' of \(subject)", node, expected: "a number from 0 up")
      }
      let show = word(fields["show"], "'show' of \(subject)", Metric.Show.self)
      let scale = word(fields["scale"], "'scale' of \(subject)", Metric.Scale.self)
      metrics.append(
        Metric(
          name: name,
          delta: max(0, delta ?? 0),
          scale: scale ?? .linear,
          better: better ?? .none,
          show: show ?? .plain
        )
      )
    }
    return metrics
  }

  // MARK: questions

  mutating func questions(
    _ node: JSONNode?,
    axes: [Axis],
    metrics: [Metric]
  ) -> [(asked: AskedQuestion, place: SourcePlace)] {
    var questions: [(asked: AskedQuestion, place: SourcePlace)] = []
    for entry in elements(of: node, "'questions'") {
      let fields = fields(
        of: entry,
        "a question",
        known: ["id", "factor", "from", "to", "metric", "at", "ask"]
      )
      let id = text(required("id", in: fields, "a question", of: entry), "'id' of a question")
      if let id, let node = fields["id"] {
        if id.isEmpty { mismatch("'id' of a question", node, expected: "a text that is not empty") }
        if questions.contains(where: { $0.asked.id == id }) {
          report(.duplicateQuestion(id), at: node.place)
        }
      }
      let subject = id.map { "The question '\($0)'" } ?? "A question"
      let ask = text(fields["ask"], "'ask' of a question")
      guard
        let question = contrast(
          fields,
          entry,
          subject,
          axes: axes,
          metrics: metrics
        )
      else { continue }
      let asked = AskedQuestion(id: id ?? "", question: question, ask: ask ?? "")
      questions.append((asked, entry.place))
    }
    return questions
  }

  /// Reads factor, from, to, metric and at, which questions and forecasts share.
  private mutating func contrast(
    _ fields: [String: JSONNode],
    _ entry: JSONNode,
    _ subject: String,
    axes: [Axis],
    metrics: [Metric]
  ) -> Question? {
    let owner = subject.prefix(1).lowercased() + subject.dropFirst()
    let metric = text(required("metric", in: fields, owner, of: entry), "'metric' of \(owner)")
    if let metric, let node = fields["metric"], !metrics.contains(where: { $0.name == metric }) {
      report(
        metrics.isEmpty
          ? .noMetrics(subject: subject) : .unknownMetric(metric, known: metrics.map(\.name)),
        at: node.place
      )
    }
    let factor = text(required("factor", in: fields, owner, of: entry), "'factor' of \(owner)")
    let fromNode = required("from", in: fields, owner, of: entry)
    let toNode = required("to", in: fields, owner, of: entry)
    let at = held(fields["at"], factor: factor, owner, subject, axes: axes)
    guard let factor, let factorNode = fields["factor"] else { return nil }
    guard let axis = axes.first(where: { $0.name == factor }) else {
      report(
        .unknownAxis(factor, subject: subject, known: axes.map(\.name)),
        at: factorNode.place
      )
      return nil
    }
    guard let fromNode, let toNode, let from = level(fromNode, of: axis),
      let to = level(toNode, of: axis), let metric
    else { return nil }
    if from == to { report(.sameLevels(question: subject), at: toNode.place) }
    return Question(factor: factor, from: from, to: to, metric: metric, at: at)
  }

  private mutating func held(
    _ node: JSONNode?,
    factor: String?,
    _ owner: String,
    _ subject: String,
    axes: [Axis]
  ) -> [String: String] {
    guard let node, let members = members(of: node, "'at' of \(owner)") else { return [:] }
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
    _ node: JSONNode?,
    _ questions: [AskedQuestion],
    axes: [Axis],
    metrics: [Metric]
  ) -> [TextbookForecast] {
    let known = [
      "question", "factor", "from", "to", "metric", "at", "direction", "confidence_pct",
      "premise", "source", "fails_when",
    ]
    var forecasts: [TextbookForecast] = []
    for entry in elements(of: node, "'textbook'") {
      let owner = "a forecast of 'textbook'"
      let fields = fields(of: entry, owner, known: known)
      let direction = word(
        required("direction", in: fields, owner, of: entry),
        "'direction' of \(owner)",
        Direction.self
      )
      let confidence = integer(
        required("confidence_pct", in: fields, owner, of: entry),
        "'confidence_pct' of \(owner)",
        in: 34...100,
        expected: "a whole number from 34 to 100"
      )
      let premise = word(
        fields["premise"],
        "'premise' of \(owner)",
        Premise.self
      )
      let source = text(fields["source"], "'source' of \(owner)")
      let failsWhen = elements(of: fields["fails_when"], "'fails_when' of \(owner)", of: "keys")
        .compactMap { text($0, "A key of 'fails_when'") }
      guard
        let (asked, isReversed) = subject(
          fields,
          entry,
          questions,
          axes: axes,
          metrics: metrics
        ),
        let direction, let confidence
      else { continue }
      if forecasts.contains(where: { $0.asked == asked }) {
        report(.duplicateForecast(question: asked.id), at: entry.place)
      }
      forecasts.append(
        TextbookForecast(
          asked: asked,
          direction: isReversed ? direction.reversed : direction,
          confidencePercent: confidence,
          premise: premise ?? .any,
          source: source ?? "",
          failsWhen: failsWhen
        )
      )
    }
    return forecasts
  }

  /// The question that a forecast answers, and whether it speaks of the opposite way.
  private mutating func subject(
    _ fields: [String: JSONNode],
    _ entry: JSONNode,
    _ questions: [AskedQuestion],
    axes: [Axis],
    metrics: [Metric]
  ) -> (AskedQuestion, isReversed: Bool)? {
    if let node = fields["question"] {
      guard let id = text(node, "'question' of a forecast") else { return nil }
      if let asked = questions.first(where: { $0.id == id }) { return (asked, false) }
      report(.unknownQuestion(id, known: questions.map(\.id)), at: node.place)
      return nil
    }
    guard
      let own = contrast(
        fields,
        entry,
        "A forecast of 'textbook'",
        axes: axes,
        metrics: metrics
      )
    else { return nil }
    if let asked = questions.first(where: { $0.question == own }) { return (asked, false) }
    if let asked = questions.first(where: { $0.question == own.reversed }) { return (asked, true) }
    return (AskedQuestion(id: "", question: own), false)
  }
}
