import Charts
import Notation
import Statistics
package import Sweeps

/// A blank sheet on which one person predicts, as a page to print: four questions on each side of A4.
///
/// "By more than 0.02" means little to who does not know of what. Beside each question stands what was measured where it
/// starts, before the change, as far as that gives no answer away.
package struct PaperSheet: Sendable {
  private let spec: Spec
  private let questions: [AskedQuestion]
  private let starts: [String: Start]

  /// What is known of the cells that a question starts from.
  package enum Start: Sendable {
    /// Their finished runs, with curves.
    case runs([Record], cells: Int)
    /// Shown beside the others it would answer the question of this id.
    case keptBack(answering: String)
  }

  /// - Parameters:
  ///   - spec: The spec whose questions are asked.
  ///   - questions: The questions in their order.
  ///   - starts: What they start from, by id; none where that has not run.
  package init(
    of spec: Spec,
    questions: [AskedQuestion],
    starts: [String: Start]
  ) {
    self.spec = spec
    self.questions = questions
    self.starts = starts
  }

  private static let questionsOfPage = 4

  /// The whole page, which needs nothing else.
  package var document: String {
    var page = MarkupWriter()
    page.trusted("<!DOCTYPE html>\n")
    page.element("html", [("lang", "en")]) { page in
      page.element("head") { page in
        page.open("meta", [("charset", "utf-8")])
        page.open(
          "meta",
          [("http-equiv", "Content-Security-Policy"), ("content", Self.policy)]
        )
        page.element("title", text: "Predictions: \(spec.name)")
        page.element("style") { $0.trusted("\n" + Palette.css + Self.css + "\n") }
      }
      page.lineEnd()
      page.element("body") { page in
        for start in stride(from: 0, to: questions.count, by: Self.questionsOfPage) {
          let end = min(start + Self.questionsOfPage, questions.count)
          page.element("main") { side(&$0, start..<end) }
          page.lineEnd()
        }
      }
    }
    page.lineEnd()
    return page.markup
  }

  private static let policy = "default-src 'none'; style-src 'unsafe-inline'"

  private static let css = """
    * { box-sizing: border-box; }
    html { color-scheme: light; }
    body { margin: 0 auto; max-width: 184mm; padding: 6mm; background: #fff; color: #000; font: 10pt/1.3 system-ui, sans-serif; }
    main { break-after: page; }
    main:last-child { break-after: auto; }
    h1 { font-size: 13pt; margin: 0 0 1mm; }
    header p { margin: 1mm 0; }
    .who { display: flex; gap: 8mm; }
    .line { flex: 1; border-bottom: .3mm solid #000; }
    section { display: grid; grid-template-columns: 1fr 52mm; gap: 0 4mm; margin-top: 3mm; padding-top: 2mm; border-top: .4mm solid #000; break-inside: avoid; }
    h2 { font-size: 10pt; margin: 0 0 .5mm; }
    section p { margin: 0 0 1mm; }
    ul { margin: 0 0 1mm; padding: 0; list-style: none; }
    .row { display: flex; flex-wrap: wrap; gap: 0 4mm; }
    li::before, .row span::before { content: ""; display: inline-block; width: 3.6mm; height: 3.6mm; margin-right: 2mm; border: .3mm solid #000; vertical-align: -.5mm; }
    .row b { font-weight: 400; }
    .why { display: flex; grid-column: 1 / -1; gap: 2mm; height: 8mm; align-items: end; }
    aside { font-size: 9pt; line-height: 1.25; }
    aside svg { width: 100%; height: auto; }
    @page { size: A4; margin: 12mm; }
    @media print { body { max-width: none; padding: 0; } }
    """

  private func side(_ page: inout MarkupWriter, _ range: Range<Int>) {
    page.element("header") { page in
      page.element("h1", text: spec.question ?? "Predictions: \(spec.name)")
      page.element(
        "p",
        text:
          "Before the runs, by yourself: one answer, how sure you are, and why. A change smaller than the one stated counts as none."
      )
      page.element("p", [("class", "who")]) { page in
        page.text("Pseudonym")
        page.element("span", [("class", "line")]) { _ in }
        page.element("span", [("class", "row")]) { page in
          page.element("span", text: "before")
          page.element("span", text: "after the discussion")
        }
      }
    }
    page.lineEnd()
    for number in range {
      question(&page, number)
      page.lineEnd()
    }
  }

  private func question(_ page: inout MarkupWriter, _ number: Int) {
    let asked = questions[number]
    let metric = spec.metric(named: asked.question.metric)
    page.element("section") { page in
      page.element("div") { page in
        page.element("h2", text: "\(number + 1). \(asked.id)")
        page.element("p", text: asked.sentence.text)
        page.element("ul") { page in
          for direction in [Direction.up, .down, .none] {
            page.element("li", text: metric.answer(direction))
          }
        }
        page.element("p", [("class", "row")]) { page in
          page.element("b", text: "How sure?")
          for (words, percent) in AnswerWords.confidences.sorted(by: { $0.value < $1.value }) {
            page.element("span", text: "\(words) (\(percent) %)")
          }
        }
      }
      page.element("aside") { self.start(&$0, of: asked, metric) }
      page.element("p", [("class", "why")]) { page in
        page.text("Because")
        page.element("span", [("class", "line")]) { _ in }
      }
    }
  }

  /// What a question starts from, in words: the baseline, or the levels that set it apart.
  private func name(ofStart question: Question) -> String {
    let apart = spec.axes.compactMap { axis -> String? in
      let level = axis.name == question.factor ? question.from : question.at[axis.name]
      guard level != axis.baseline.text else { return nil }
      return level.map { "\(axis.name) \($0)" } ?? "any \(axis.name)"
    }
    return apart.isEmpty ? "The baseline" : "The start, " + apart.joined(separator: ", ")
  }

  private func start(_ page: inout MarkupWriter, of asked: AskedQuestion, _ metric: Metric) {
    let name = name(ofStart: asked.question)
    guard let start = starts[asked.id] else {
      return page.text("\(name) has not run yet, so that its \(metric.name) cannot be shown.")
    }
    guard case .runs(let records, let cells) = start else {
      guard case .keptBack(let other) = start else { return }
      return page.text(
        "\(name): its \(metric.name) is kept back, for beside the others it would answer '\(other)'."
      )
    }
    let values = Dictionary(grouping: records, by: \.run.seed).values.compactMap {
      runs -> Double? in
      let values = runs.compactMap { $0.measurements.final[metric.name] }.filter(\.isFinite)
      return values.isEmpty ? nil : mean(values)
    }
    guard !values.isEmpty else { return page.text("\(name) measured no \(metric.name).") }
    let factor = metric.displayFactor
    let spread = values.count > 1 ? standardDeviation(values) * factor : nil
    page.text(
      "\(name): \(metric.name) \(Numeral.meanAndSpread(mean(values) * factor, spread))\(metric.unit) (\(Numeral.counted(values.count, "seed"))\(cells > 1 ? ", mean of \(cells) settings" : ""))"
    )
    guard cells == 1, let curve = curve(of: metric, records) else { return }
    page.trusted(curve.drawing.svg(label: "\(metric.name) of it along the training"))
  }

  /// nil where the runs printed no curve of the metric.
  private func curve(of metric: Metric, _ records: [Record]) -> SmallCurve? {
    let curves = records.map { Curve(run: $0.run.id, points: $0.measurements.curve) }
    // The trainer's own curves are measured on a part of the data, and named for it.
    let sampled = metric.measurand.flatMap { spec.vocabulary.name(of: $0, as: .curve) }
    let names = [metric.name] + [sampled].compactMap(\.self)
    let seeds = curves.map { $0.points(of: metric, printedAs: names) }.filter { $0.count > 1 }
    guard let unit = curves.first?.coordinates.first?.unit.rawValue, !seeds.isEmpty else {
      return nil
    }
    var values: [Double: [Double]] = [:]
    for point in seeds.joined() { values[point.x, default: []].append(point.y) }
    let mean = values.filter { $0.value.count == seeds.count }.sorted { $0.key < $1.key }.map {
      Point(x: $0.key, y: Statistics.mean($0.value))
    }
    return SmallCurve(seeds: seeds, mean: mean, xLabel: unit)
  }
}

extension Curve {
  /// The points of a metric, as it is shown; of several names the first counts that was printed.
  fileprivate func points(of metric: Metric, printedAs names: [String]) -> [Point] {
    let found = names.lazy.compactMap { name in self.series.first { $0.metric == name } }.first
    return zip(coordinates, found?.values ?? []).compactMap { coordinate, value in
      value.flatMap {
        $0.isFinite ? Point(x: coordinate.position, y: $0 * metric.displayFactor) : nil
      }
    }
  }
}
