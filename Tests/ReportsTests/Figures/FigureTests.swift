import Charts
import Foundation
import Notation
import Reports
import Statistics
import Sweeps
import Testing
import Training

struct FigureTests {
  private func figures() throws -> [Figure] { SweepReport(of: try drawnEvidence()).figures }

  private func figure(_ name: String) throws -> Figure {
    try #require(figures().first { $0.name.hasPrefix(name) })
  }

  @Test func `a report draws a figure of every kind`() throws {
    let names = try figures().map(\.name)
    let kinds = [
      "answers", "votes-", "outcome-", "effects-valid_loss", "seeds-", "dose-", "interaction-",
      "curves", "gaps", "reliability", "augmentation", "mixup", "filters", "fit", "map-", "work",
    ]
    for kind in kinds { #expect(names.contains { $0.hasPrefix(kind) }, "\(kind)") }
  }

  @Test func `names are short, safe in every file system and unique`() throws {
    let names = try figures().map(\.name)
    #expect(Set(names).count == names.count)
    #expect(
      names.allSatisfy { $0.utf8.count <= 60 && $0.wholeMatch(of: #/[A-Za-z0-9._-]+/#) != nil }
    )
  }

  @Test func `every figure has a title, a label with numbers and a table`() throws {
    for figure in try figures() {
      #expect(!figure.title.text.isEmpty && !figure.note.text.isEmpty, "\(figure.name)")
      #expect(!figure.data.rows.isEmpty, "\(figure.name)")
      let isPicture = ["augmentation", "filters"].contains(figure.name)
      #expect(isPicture || figure.label.contains(where: \.isNumber), "\(figure.name)")
    }
  }

  @Test func `the title of an effect is the sentence of the findings`() throws {
    let title = try figure("seeds-valid_loss").title.text
    #expect(title.hasPrefix("dropout 0 → 0.5, with <b>tuning full lowered valid_loss by"))
    #expect(title.hasSuffix("4 of 4 seeds)."))
  }

  @Test func `no figure is made of what was not measured`() throws {
    let names = SweepReport(of: try smallEvidence()).figures.map(\.name)
    for kind in [
      "curves", "reliability", "augmentation", "mixup", "filters", "fit", "votes", "outcome",
    ] {
      #expect(!names.contains { $0.hasPrefix(kind) }, "\(kind)")
    }
    #expect(names.contains("gaps") && names.contains("work"))
  }

  @Test func `Markdown shows a figure once it is a file`() throws {
    let report = SweepReport(of: try drawnEvidence())
    #expect(try !Markdown.render(report).contains("!["))
    var linked = ""
    try Markdown.write(report, to: Destination(figures: "figures") { linked += $0 })
    #expect(linked.components(separatedBy: "](figures/").count - 1 == report.figures.count)
    #expect(linked.contains("](figures/gaps.svg)"))
  }

  @Test func `a question shows the votes before anything that tells the answer`() throws {
    let report = try #require(QuestionReport("dropout", of: try drawnEvidence()))
    let open = report.sections.flatMap(\.blocks).filter {
      if case .disclosure = $0 { false } else { true }
    }
    let shown = open.compactMap { block in
      if case .figure(let figure) = block { figure.name } else { nil }
    }
    #expect(shown == ["votes-dropout-1", "votes-dropout-2"])
    #expect(report.figures.map(\.name).contains("outcome-dropout"))
  }
}

/// What is drawn of the runs themselves.
struct DrawnRunsTests {
  /// Runs of one axis whose training loss falls by halves over so many epochs.
  private func evidence(
    epochs: Int = 4,
    levels: Int = 2,
    texts: [String: String] = [:],
    more: [String: Double] = [:],
    isTrainer: Bool = false
  ) throws -> Evidence {
    let list = (0..<levels).map(String.init).joined(separator: ",")
    let spec = try spec(
      """
      { "name": "s", \(isTrainer ? "" : #""command": ["x", "{a}"],"#) "axes": { "a": [\(list)] }, "seeds": 3 }
      """
    )
    let records = spec.seeds.flatMap { seed in
      spec.axes[0].levels.map { level in
        var measurements = Measurements()
        measurements.final = ["loss": Double(seed)]
        measurements.texts = texts
        measurements.curve = (1...epochs).map { epoch in
          CurvePoint(
            unit: .epoch,
            position: Double(epoch),
            metrics: [
              "train_loss": 2 + Double(seed) + 1 / Double(epoch), "valid_loss": 3,
            ].merging(more) { $1 }
          )
        }
        return Record(
          run: Run(
            id: "\(seed)-\(level.text)",
            seed: seed,
            levels: [level.text],
            settings: JSONObject()
          ),
          attempt: 1,
          outcome: .finished,
          measurements: measurements,
          lastLines: [],
          started: Date(timeIntervalSince1970: 0),
          duration: .seconds(1)
        )
      }
    }
    return Evidence(
      spec: spec,
      records: records,
      planned: records.count,
      excludedCells: 0,
      provenance: []
    )
  }

  private func figure(_ name: String, of evidence: Evidence) -> Figure? {
    SweepReport(of: evidence).figures.first { $0.name.hasPrefix(name) }
  }

  @Test func `a curve ends at its mean over seeds with Student's interval`() throws {
    let curves = try #require(figure("curves", of: try evidence()))
    // Seeds 0, 1, 2 end at 2.25, 3.25, 4.25: mean 3.25, half width 4.303 / √3.
    #expect(curves.title.text.contains("train_loss ends at 3.2 (95 % CI 0.8 to 5.7)"))
    #expect(curves.title.text.contains("(3 seeds)"))
    #expect(curves.data.rows.count == 4)
  }

  @Test func `a trainer that measures its curves on a sample is quoted with its size`() throws {
    let plain = try #require(figure("curves", of: try evidence()))
    #expect(!plain.note.text.contains("Measured on"))
    let sampled = try #require(figure("curves", of: try evidence(isTrainer: true)))
    let note = "Measured on \(TrainerMetrics.curveSize) images of each set, the last point on all"
    #expect(sampled.note.text.contains(note))
  }

  @Test func `points of a long curve are thinned, and the note says so`() throws {
    let curves = try #require(figure("curves", of: try evidence(epochs: 500)))
    #expect(curves.note.text.contains("60 of 500 points of each curve are drawn."))
    #expect(curves.data.rows[0].contains("epoch 500"))
  }

  @Test func `of many levels the first cells are drawn, and the note says so`() throws {
    let evidence = try evidence(levels: 40)
    let curves = try #require(figure("curves", of: evidence))
    #expect(curves.note.text.contains("The first 12 of 40 such cells are drawn."))
    #expect(NearCells.drawnRuns(of: evidence.records, spec: evidence.spec).count == 36)
  }

  @Test func `answers are pooled over seeds`() throws {
    let bins = "[[0,0,0],[10,5,4.0],[30,27,28.0]]"
    let diagram = try #require(
      figure("reliability", of: try evidence(texts: ["reliability": bins]))
    )
    #expect(
      diagram.title.text.hasPrefix("baseline: on average 80.0 % sure and 80.0 % right")
    )
    #expect(diagram.title.text.contains("(120 answers of 3 seeds)"))
    // The 30 answers of the second bin are few; they count with the 90 of the third.
    #expect(diagram.data.rows.map { $0[0] } == ["baseline", "a 1"])
    #expect(diagram.data.rows.map { $0[2] } == ["120", "120"])
  }

  @Test func `one diagram of reliability compares two cells, bins of few answers merged`() throws {
    let bins = "[[1,0,0.2],[20,5,6.0],[30,27,28.0]]"
    let evidence = try evidence(levels: 4, texts: ["reliability": bins])
    let figures = SweepReport(of: evidence).figures.filter { $0.name.hasPrefix("reliability") }
    #expect(figures.count == 1)
    let chart = try #require(figures.first?.chart as? ReliabilityDiagram)
    #expect(chart.series.count == 2)
    #expect(chart.series.map { $0.bins.map(\.count) } == [[63, 90], [63, 90]])
  }

  @Test func `curves have a linear axis even where a loss nears 0, and accuracies beside them`()
    throws
  {
    let evidence = try evidence(epochs: 3, more: ["val_accuracy": 0.9, "train_loss": 1e-6])
    let names = SweepReport(of: evidence).figures.map(\.name)
    let place = try #require(names.firstIndex(of: "curves"))
    #expect(names.dropFirst(place + 1).first == "curves-accuracy")
    let curves = try #require(figure("curves", of: evidence)?.chart as? LearningCurves)
    #expect(!curves.isLogarithmic)
    #expect(curves.panels[0].series[0].mean.map(\.x) == [1, 2, 3])
  }

  @Test func `bars of work compare single runs`() throws {
    let work = try #require(figure("work", of: try evidence(levels: 3)))
    let bars = try #require(work.chart as? WorkBars)
    #expect(bars.rows.map(\.values) == [[1], [1], [1]])
    #expect(work.title.text == "9.0 s of work in 9 runs, 1.0 s each")
  }

  @Test(arguments: [
    "", "[]", "[[1,2]]", "[[1,2,3]]", "[[-1,0,0]]", "[[1,1,\"x\"]]", "{}", "nonsense",
    "[[9223372036854775807,1,1]]",
  ])
  func `bins that are none draw nothing`(text: String) throws {
    #expect(figure("reliability", of: try evidence(texts: ["reliability": text])) == nil)
  }
}
