import Notation
package import Statistics

/// The analysis of a table of runs as prose and tables; its rows are left to those who have the table.
package struct EffectsReport: Report {
  package let title: String
  private let analysis: Analysis
  private let paired: PairedRuns

  /// - Parameters:
  ///   - analysis: What the runs say.
  ///   - runs: The runs themselves, for what was left out.
  ///   - title: The name of the table.
  package init(_ analysis: Analysis, runs: PairedRuns, title: String) {
    self.title = title
    self.analysis = analysis
    paired = runs
  }

  package var sections: [Section] {
    let design = paired.design
    return [paired.section] + AnswersSection(analysis: analysis, design: design).sections
      + LooksSection(looks: analysis.looks, design: design, taken: []) { question in
        "\(question.factor) \(question.start) → \(question.end)\(question.held): \(question.metric)"
      }.sections
      + (analysis.scoring.map { [$0.section] } ?? [])
      + AveragesSection(analysis: analysis, design: design).sections
      + EffectsSection(effects: analysis.effects, runs: paired).sections
      + PerSeedSection(analysis: analysis, design: design).sections
      + DoseResponseSection(effects: analysis.effects, factors: design.factors).sections
      + InteractionsSection(effects: analysis.effects).sections
      + VarianceSharesSection(effects: analysis.effects).sections
  }
}

extension PairedRuns {
  /// How many runs there are and how they ended.
  fileprivate var section: Section {
    let ledger: Prose = """
      \(Numeral.counted(counts.ok, "finished run")) with \(Numeral.counted(seeds.count, "seed")), \
      \(counts.failed.grouped) failed, \(counts.unfinished.grouped) not finished yet.
      """
    var blocks = [Block.paragraph(ledger)]
    if counts.unfinished > 0 {
      blocks.append(
        .paragraph("\(strong: "Interim:") every number below may still change.")
      )
    }
    if foreignRows > 0 {
      blocks.append(
        .paragraph(
          """
          \(Numeral.counted(foreignRows, "row")) with a level that the design does not name took \
          no part.
          """
        )
      )
    }
    let survivors = zip(design.factors, countsByLevel).filter { _, levels in
      Set(levels.compactMap(\.failureShare)).count > 1
    }
    if !survivors.isEmpty {
      let names = survivors.map(\.0.name).joined(separator: ", ")
      blocks.append(
        .paragraph(
          """
          The share of failed runs differs between levels of \(names): what follows is about \
          survivors only.
          """
        )
      )
    }
    return Section("Runs", blocks)
  }
}

extension Question {
  /// The levels as a sentence has them; a trend goes over all of them.
  var start: String { kind == .trend ? "lowest" : from }
  package var end: String { kind == .trend ? "highest" : to }
}

extension Scoring {
  /// What a class said beside what came out.
  fileprivate var section: Section {
    let rows = questions.map { question in
      [
        question.question.factor, question.question.start + " → " + question.question.end,
        question.question.metric,
        Direction.allCases.map { "\(question.votes[$0] ?? 0)" }.joined(separator: " / "),
        question.outcome?.rawValue ?? "not settled", number(question.meanBrier),
      ]
    }
    let people = people.map { person in
      [
        person.who, "\(person.right)", "\(person.wrong)", "\(person.notSettled)",
        number(person.meanPoints), number(person.versusTextbook),
      ]
    }
    return Section(
      "Predictions",
      [
        .table(
          Table(
            columns: [
              .words("factor"), .words("change"), .words("metric"), .words("down / none / up"),
              .words("outcome"), .numbers("mean Brier score"),
            ],
            rows: rows,
            note: """
              Votes of everybody but the textbook; a question that is not settled counts for \
              nobody.
              """
          )
        ),
        .table(
          Table(
            columns: [
              .words("who"), .numbers("right"), .numbers("wrong"), .numbers("not settled"),
              .numbers("mean points"), .numbers("ahead of the textbook"),
            ],
            rows: people,
            note: """
              100 points are certain and right, 0 is knowing nothing. Ahead of the textbook is the \
              mean difference of Brier scores on shared questions. With fewer than about 10 \
              settled questions the order is mostly luck.
              """
          )
        ),
      ]
    )
  }

  private func number(_ value: Double?) -> String { value.map(Numeral.significant) ?? "–" }
}
