import Reports
import Statistics

/// The votes of one round or two, all bars on one axis from 0 to 100 %.
struct VoteBars {
  /// How many answered what, the first round first; at least one.
  let rounds: [[Direction: Int]]

  private static func total(_ tally: [Direction: Int]) -> Int {
    Direction.allCases.reduce(0) { $0 + tally[$1, default: 0] }
  }

  func write(to page: inout MarkupWriter) {
    page.element("div", [("class", "votes"), ("role", "img"), ("aria-label", label)]) { page in
      for direction in Direction.offered {
        page.element("div", [("class", "row " + direction.rawValue)]) { page in
          page.answer(direction)
          page.element("div", [("class", "bars")]) { page in
            for (index, tally) in rounds.enumerated() {
              bar(&page, tally, direction, isFormer: index < rounds.count - 1)
            }
          }
        }
      }
      axis(&page)
    }
  }

  private func bar(
    _ page: inout MarkupWriter,
    _ tally: [Direction: Int],
    _ direction: Direction,
    isFormer: Bool
  ) {
    let count = tally[direction, default: 0]
    let share = Self.share(count, of: Self.total(tally))
    page.element("div", [("class", isFormer ? "bar former" : "bar")]) { page in
      page.element(
        "svg",
        [("viewBox", "0 0 100 10"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")]
      ) { page in
        for line in [0, 25, 50, 75, 100] {
          page.element(
            "line",
            [("x1", "\(line)"), ("x2", "\(line)"), ("y1", "0"), ("y2", "10")],
            text: ""
          )
        }
        page.element("rect", [("width", "\(share)"), ("height", "10")], text: "")
      }
      page.element("span", [("class", "count")], text: "\(share) % · \(count)")
    }
  }

  private func axis(_ page: inout MarkupWriter) {
    page.element("div", [("class", "row axis"), ("aria-hidden", "true")]) { page in
      page.element("span", [("class", "said")], text: "")
      page.element("div", [("class", "ticks")]) { page in
        for tick in ["0", "25", "50", "75", "100 %"] { page.element("span", text: tick) }
      }
    }
  }

  /// Whole per cent.
  private static func share(_ count: Int, of total: Int) -> Int {
    total == 0 ? 0 : (200 * count + total) / (2 * total)
  }

  private var label: String {
    rounds.enumerated().map { index, tally in
      let votes = Direction.offered.map { "\($0.word): \(tally[$0, default: 0])" }
      return (rounds.count == 1 ? "Votes. " : index == 0 ? "First vote. " : "Second vote. ")
        + votes.joined(separator: ", ") + " of \(Self.total(tally))."
    }.joined(separator: " ")
  }
}
