import Charts
import Foundation
import Laboratory
import Notation
import Reports
import Storage
import Sweeps

/// The pages of a results folder, as it fills.
///
/// Nothing is changed by looking, and nothing revealed.
struct ResultsWindow: Sendable {
  let laboratory: Laboratory

  /// Rows of the list of runs.
  private static let rowLimit = 300

  /// A number of characters that differs whenever a page would.
  ///
  /// - Throws: `StoreError`.
  func version() throws -> String {
    try laboratory.standings(of: nil).map { standing in
      "\(standing.summary.name) \(standing.summary.started) \(standing.summary.isRunning) "
        + "\(standing.summary.ledger) \(standing.running.map(\.run.id))"
    }.joined(separator: "\n")
  }

  // MARK: Runs at work

  /// The curves of runs that are at work, as far as they have come.
  ///
  /// They change while nothing else does, and are drawn by themselves: a report a second would take the processor from
  /// what it reports on.
  ///
  /// - Parameter subject: Whose.
  /// - Returns: Markup; empty where nothing at work has printed a point, or a question is sealed.
  /// - Throws: `StoreError`, or `SpecFaults`.
  func growing(_ subject: WindowPage.Subject) throws -> String {
    let sweep: String
    switch subject {
    case .folder: return ""
    case .sweep(let name): sweep = name
    case .run(_, let name): sweep = name
    }
    guard let curves = try laboratory.growingCurves(of: sweep, run: subject.run) else { return "" }
    var page = MarkupWriter()
    page.element("h2", text: subject.run == nil ? "At work" : "As far as it has come")
    let drawing = curves.chart.drawing
    let box: [MarkupWriter.Attribute] = [
      ("class", "drawing"), ("style", "--natural: \(Int(drawing.width.rounded(.up)))"),
      ("tabindex", "0"), ("role", "region"), ("aria-label", "Curves of runs at work"),
    ]
    page.element("div", box) { $0.trusted(drawing.svg(label: curves.label)) }
    return page.markup
  }

  /// All sweeps.
  ///
  /// - Throws: `StoreError`.
  func sweeps() throws -> WindowPage {
    let standings = try laboratory.standings(of: nil)
    var page = MarkupWriter()
    page.element("h1", text: "Sweeps")
    page.links(
      "The sweeps of this folder",
      ["sweep", "planned", "finished", "failed", "running", "pending"],
      standings.map { standing in
        let ledger = standing.summary.ledger
        let counts = [
          ledger.planned, ledger.ok, ledger.unsuccessful, ledger.running, ledger.pending,
        ]
        return (
          address("/sweep", [("name", standing.summary.name)]),
          [standing.summary.name] + counts.map(\.grouped)
        )
      }
    )
    return WindowPage(title: "Sweeps", subject: .folder, head: page.markup)
  }

  /// One sweep: its runs, and what they say.
  ///
  /// - Parameters:
  ///   - name: The sweep.
  ///   - filter: Levels by the names of their axes.
  /// - Returns: The page; all sweeps where there is none of that name.
  /// - Throws: `StoreError`, or `SpecFaults`.
  func sweep(_ name: String, filter: [String: String]) throws -> WindowPage {
    guard let standing = try laboratory.standings(of: name).first else { return try sweeps() }
    let sweep = standing.summary.name
    let runs = try laboratory.runs(of: sweep, status: nil, .respectingPredictions)
    var page = MarkupWriter()
    page.element("p") { $0.element("a", [("href", "/")], text: "All sweeps") }
    page.element("h1", text: sweep)
    page.element("p", text: "\(standing.summary.ledger).")
    let head = page.markup
    page = MarkupWriter()
    form(&page, sweep, runs.value, filter)
    list(&page, runs.value, of: sweep, filter)
    if runs.showsResults {
      let request = ReportRequest(sweep: sweep, part: .whole, showsFigures: true)
      let report = try laboratory.report(request, by: "serve").value
      for (number, section) in report.sections.enumerated() {
        page.section(section, id: "s\(number + 1)")
      }
    } else {
      page.element(
        "p",
        text: "Predictions are sealed: no result is shown before they are revealed."
      )
    }
    return WindowPage(title: sweep, subject: .sweep(sweep), head: head, rest: page.markup)
  }

  private func form(
    _ page: inout MarkupWriter,
    _ sweep: String,
    _ runs: RunList,
    _ filter: [String: String]
  ) {
    page.element("form", [("class", "filter"), ("action", "/sweep")]) { page in
      page.open("input", [("type", "hidden"), ("name", "name"), ("value", sweep)])
      for (place, axis) in runs.axes.enumerated() {
        var levels: [String] = []
        for record in runs.records where !levels.contains(record.run.levels[place]) {
          levels.append(record.run.levels[place])
        }
        page.element("label") { page in
          page.text(axis)
          page.element("select", [("name", "axis." + axis)]) { page in
            page.element("option", [("value", "")], text: "all")
            for level in levels {
              let isChosen = filter[axis] == level
              page.element(
                "option",
                [("value", level)] + (isChosen ? [("selected", nil)] : []),
                text: level
              )
            }
          }
        }
      }
      page.element("button", text: "Show")
    }
  }

  private func list(
    _ page: inout MarkupWriter,
    _ runs: RunList,
    of sweep: String,
    _ filter: [String: String]
  ) {
    let records = runs.records.filter { record in
      zip(runs.axes, record.run.levels).allSatisfy { filter[$0] == nil || filter[$0] == $1 }
    }
    let metrics = Set(records.flatMap { $0.measurements.final.keys }).sorted().prefix(6)
    page.links(
      "\(records.count.grouped) runs that were started"
        + (records.count > Self.rowLimit ? ", the last \(Self.rowLimit)" : ""),
      ["run"] + runs.axes + ["seed", "status", "seconds"] + metrics,
      records.suffix(Self.rowLimit).map { record in
        let measured = metrics.map { name in
          record.measurements.final[name].map { Numeral.significant($0) } ?? ""
        }
        let seconds = record.duration.seconds
        return (
          address("/run", [("id", record.run.id), ("sweep", sweep)]),
          [record.run.id] + record.run.levels
            + ["\(record.run.seed)", record.status.words, "\((seconds * 100).rounded() / 100)"]
            + measured
        )
      }
    )
  }

  /// One run: its attempts and its log.
  ///
  /// - Parameters:
  ///   - id: The run.
  ///   - sweep: The sweep that it is looked at in; nil where only one has it.
  /// - Returns: The page.
  /// - Throws: `StoreError`.
  func run(_ id: String, of sweep: String?) throws -> WindowPage {
    let history = try laboratory.history(ofRun: id, in: sweep, .respectingPredictions)
    let log = try laboratory.log(ofRun: id, in: sweep, attempt: nil, .respectingPredictions)
    let sweep = history.value.sweep.name
    let run = history.value.attempts[0].run
    var page = MarkupWriter()
    page.element("p") { page in
      page.element("a", [("href", address("/sweep", [("name", sweep)]))], text: sweep)
    }
    page.element("h1", text: "Run \(run.id)")
    page.element("ul") { page in
      for (axis, level) in zip(history.value.axes, run.levels) {
        page.element("li", text: "\(axis) \(level)")
      }
      page.element("li", text: "seed \(run.seed)")
    }
    let head = page.markup
    page = MarkupWriter()
    for attempt in history.value.attempts {
      page.element("h2", text: "Attempt \(attempt.attempt): \(attempt.outcome)")
      if !attempt.lastLines.isEmpty {
        page.blocks(
          [.preformatted(attempt.lastLines.joined(separator: "\n"))],
          label: "Its last lines"
        )
      }
      for (name, value) in attempt.measurements.final.sorted(by: { $0.key < $1.key }) {
        page.element("p", text: "\(name) \(Numeral.significant(value))")
      }
    }
    page.element("h2", text: "Log")
    if let bytes = log.value.bytes {
      let text = String(decoding: bytes.suffix(64 * 1024), as: UTF8.self)
      page.blocks([.preformatted(text)], label: "Log")
    } else {
      page.element("p", text: "Predictions are sealed: the log may hold what was measured.")
    }
    return WindowPage(
      title: "Run \(run.id)",
      subject: .run(run.id, of: sweep),
      head: head,
      rest: page.markup
    )
  }
}
