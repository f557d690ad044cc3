import Statistics

/// The people by their scores, best first.
struct RankingSection: ReportSection {
  /// Nil where nobody is to be listed, or nothing is scored yet.
  private let scoring: Scoring?

  init(_ findings: Findings) {
    scoring = findings.ranksPeople ? findings.finalForecasts?.scoring : nil
  }

  var sections: [Section] {
    let people = (scoring?.people ?? []).filter { $0.meanPoints != nil }
      .sorted { ($0.meanPoints ?? 0) > ($1.meanPoints ?? 0) }
    return people.isEmpty ? [] : [Section("Who predicted how well", [.table(.scores(of: people))])]
  }
}

extension Table {
  /// Right and wrong, points, and how far ahead of the textbook and of the others.
  static func scores(of people: [PersonSummary]) -> Table {
    Table(
      columns: [
        .words("who"), .numbers("right"), .numbers("wrong"), .numbers("not settled"),
        .numbers("mean points"), .numbers("ahead of the textbook"), .numbers("ahead of the others"),
      ],
      rows: people.map { person in
        [
          person.who, "\(person.right)", "\(person.wrong)", "\(person.notSettled)",
          shown(person.meanPoints), shown(person.versusTextbook), shown(person.versusPeers),
        ]
      },
      note: """
        100 points are certain and right, 0 is what knowing nothing gets. Ahead is the mean difference of \
        Brier scores on the questions that both answered. With fewer than about 10 settled questions \
        the order is mostly luck.
        """
    )
  }

  private static func shown(_ value: Double?) -> String { value.map(Numeral.significant) ?? "–" }
}
