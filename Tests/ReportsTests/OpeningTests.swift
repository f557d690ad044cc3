import Foundation
import Reports
import Sweeps
import TestSupport
import Testing

/// What is read in ten seconds, and where the rest is.
struct OpeningTests {
  private func figures(_ section: Section) -> [String] {
    section.blocks.compactMap { if case .figure(let figure) = $0 { figure.name } else { nil } }
  }

  private func tables(_ section: Section) -> [Table] {
    section.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  @Test func `questions are answered in one table and one figure`() throws {
    let sections = SweepReport(of: try drawnEvidence()).sections
    #expect(sections[0].heading == "What we found")
    #expect(figures(sections[0]) == ["answers"])
    let table = try #require(tables(sections[0]).first)
    #expect(tables(sections[0]).count == 1)
    #expect(
      table.columns.map(\.name) == ["question", "textbook", "class", "what came out", "verdict"]
    )
    let row = table.rows[0]
    #expect(row[0] == "dropout: We add dropout <i>everywhere</i>. The validation loss ...")
    #expect(row[1] == "↑ up ✗")
    #expect(row[2] == "↓ down, 2 of 4 ✓")
    #expect(row[4] == "↓ down")
  }

  @Test func `the brief report is what the whole one opens with`() throws {
    let evidence = try drawnEvidence()
    let brief = BriefReport(of: evidence).sections
    #expect(brief.map(\.heading) == ["What we found"])
    #expect(figures(brief[0]) == ["answers"])
    #expect(ReportPart.brief.leavesPredictionsOpen == false)
    #expect(!ReportPart.brief.hasRuns)
  }

  @Test func `answers are drawn with characters where there are no pictures`() throws {
    let blocks = SweepReport(of: try drawnEvidence()).sections[0].blocks
    let plots = blocks.flatMap(\.withoutPictures).compactMap {
      if case .plot(let plot) = $0 { plot.text } else { nil }
    }
    let plot = try #require(plots.first)
    #expect(plots.count == 1 && plot.contains("dropout") && plot.contains("*"))
  }

  @Test func `without votes there is no column for them`() throws {
    let table = try #require(tables(SweepReport(of: try smallEvidence()).sections[0]).first)
    #expect(table.columns.map(\.name) == ["question", "textbook", "what came out", "verdict"])
  }

  @Test func `without questions there is a sentence for each axis, and one figure`() throws {
    let text = smallSpec.replacing(#/,\s*"questions": \[[\s\S]*\]/#, with: "")
    let spec = try spec(text)
    let sections = SweepReport(
      of: Evidence(
        spec: spec,
        records: records(of: spec),
        planned: 18,
        excludedCells: 0,
        provenance: []
      )
    ).sections
    #expect(figures(sections[0]) == ["effects-valid_loss"])
    let lists = sections[0].blocks.compactMap {
      if case .list(let items) = $0 { items } else { nil }
    }
    #expect(lists.map(\.count) == [2])
    #expect(lists[0][0].text.hasPrefix("valid_loss is lowest at dropout 0.5"))
    // What stands above is not drawn again.
    let names = sections.flatMap(figures)
    #expect(Set(names).count == names.count)
    #expect(!sections.contains { $0.heading.hasPrefix("Appendix") })
  }

  @Test func `all but the opening is folded, and averages stand last`() throws {
    let sections = SweepReport(of: try drawnEvidence()).sections
    #expect(sections.map(\.isFolded) == [false] + sections.dropFirst().map { _ in true })
    let headings = sections.map(\.heading)
    let appendix = try #require(headings.firstIndex { $0.hasPrefix("Appendix") })
    for heading in ["valid_loss (δ = 0.02)", "Level means", "Interactions", "Dose and response"] {
      #expect(try #require(headings.firstIndex(of: heading)) > appendix)
    }
    for heading in ["The votes", "Differences per seed", "How it was made"] {
      #expect(try #require(headings.firstIndex(of: heading)) < appendix)
    }
    let page = try HTML.render(SweepReport(of: try drawnEvidence()))
    #expect(page.components(separatedBy: "<details class=\"folded\">").count == sections.count)
  }

  @Test func `that averages may mislead is said before them, and the settings are told apart`()
    throws
  {
    // Dropout lowers the loss of the whole network and raises that of a head.
    let spec = try spec(
      """
      { "name": "s", "command": ["x", "{dropout}{tuning}"],
        "axes": { "dropout": [0, 0.5], "tuning": ["full", "head"] }, "seeds": 4,
        "metrics": { "valid_loss": { "better": "lower", "delta": 0.02 } } }
      """
    )
    let runs = records(of: spec, failLast: false).map { record in
      let sign = record.run.levels[1] == "full" ? -1.0 : 1
      var measurements = Measurements()
      measurements.final["valid_loss"] =
        0.3 + (record.run.levels[0] == "0.5" ? sign * (0.1 + Double(record.run.seed) / 500) : 0)
      return Record(
        run: record.run,
        attempt: 1,
        outcome: .finished,
        measurements: measurements,
        lastLines: [],
        started: record.started,
        duration: record.duration
      )
    }
    let sections = SweepReport(
      of: Evidence(spec: spec, records: runs, planned: 16, excludedCells: 0, provenance: [])
    ).sections
    let opening = try Markdown.render(Page(title: "t", sections: [sections[0]]))
    let said = try #require(opening.range(of: "**Averages may mislead** for"))
    let list = try #require(opening.range(of: "- **dropout** 0 → 0.5"))
    #expect(said.lowerBound < list.lowerBound)
    let section = try #require(sections.first { $0.heading.hasPrefix("valid_loss") })
    guard case .paragraph(let warning) = section.blocks[0],
      case .table(let apart) = section.blocks[1]
    else {
      Issue.record("the warning does not stand first")
      return
    }
    #expect(warning.text.hasPrefix("Averages may mislead for"))
    #expect(warning.text.contains("dropout 0→0.5"))
    let dropout = apart.rows.filter { $0[0] == "dropout 0→0.5" }
    #expect(dropout.map { [$0[1], $0[4]] } == [["tuning full", "down"], ["tuning head", "up"]])
  }
}
