import Statistics

extension Evidence {
  /// The people by their scores, best first; nil where nothing is scored.
  func ranking(_ scoring: Scoring) -> Section? {
    let people = scoring.people.filter { $0.meanPoints != nil }
      .sorted { ($0.meanPoints ?? 0) > ($1.meanPoints ?? 0) }
    guard !people.isEmpty else { return nil }
    return Section("Who predicted how well", [.table(scoreTable(people))])
  }

  /// Right and wrong, points, and how far ahead of the textbook and of the others.
  func scoreTable(_ people: [PersonSummary]) -> Table {
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

  private func shown(_ value: Double?) -> String { value.map(Numeral.significant) ?? "–" }
}
