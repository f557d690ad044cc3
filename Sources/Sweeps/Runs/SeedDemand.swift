package import Foundation
package import Statistics

/// Which runs of a grid a rule of looks asks for, as far as the results that are there decide it.
package struct SeedDemand: Sendable {
  package let sequence: LookSequence
  private let grid: Grid
  private let names: [Question: String]

  /// - Parameters:
  ///   - plan: The rule with its levels.
  ///   - spec: Whose rule it is.
  ///   - grid: All its runs, to the last seed of every cell.
  ///   - records: The deciding attempts at its runs, in any order.
  package init(_ plan: LookPlan, of spec: Spec, grid: Grid, records: [Record]) {
    let known = Dictionary(records.map { ($0.run.id, $0) }) { first, _ in first }
    let design = spec.design(
      metrics: spec.metrics,
      seeds: SeedRule(plan: plan, asked: spec.decidingQuestions)
    )
    let cells = grid.cells.map { cell in zip(grid.axes, cell).map { $0.levels[$1].text } }
    let rows = grid.indices.map { index in
      let (seed, cell) = index.quotientAndRemainder(dividingBy: cells.count)
      // By their ids, for two cells may be the same once defaults are left out.
      let record = known[grid.id(at: index)]
      return RunTable.Row(
        status: (record?.status ?? .pending).rawValue,
        levels: cells[cell],
        seed: grid.seeds[seed],
        values: spec.metrics.map { record?.measurements.final[$0.name] }
      )
    }
    let table = RunTable(
      factors: spec.axes.map(\.name),
      metrics: spec.metrics.map(\.name),
      rows: rows
    )
    guard let sequence = PairedRuns(table, design: design).looks else {
      preconditionFailure("a design with a rule of looks takes looks")
    }
    self.sequence = sequence
    self.grid = grid
    names = Dictionary(
      spec.decidingQuestions.enumerated().map { index, question in
        (question, spec.questions.isEmpty ? question.key : spec.questions[index].id)
      }
    ) { first, _ in first }
  }

  /// Whether a run of the grid is wanted by now.
  package func asks(for index: Int) -> Bool { asks(for: index, in: grid) }

  /// The same of an index in a part of the grid.
  package func asks(for index: Int, in grid: Grid) -> Bool {
    let (seed, cell) = index.quotientAndRemainder(dividingBy: grid.cells.count)
    return grid.seeds[seed] < sequence.seeds(of: grid.cells[cell])
  }

  /// The looks that the results allow, as the chain keeps them.
  ///
  /// - Parameter date: When they are taken.
  /// - Returns: The first look first.
  package func looks(at date: Date) -> [TakenLook] {
    (0..<sequence.taken).map { look in
      TakenLook(
        number: look + 1,
        seeds: sequence.plan.schedule.seeds[look],
        at: date,
        answers: sequence.walks.compactMap { walk in
          guard walk.results.indices.contains(look), let standing = walk.results[look].look else {
            return nil
          }
          return TakenLook.Answer(
            question: names[walk.question] ?? walk.question.key,
            seeds: walk.results[look].seedCount,
            outcome: walk.results[look].outcome,
            state: standing.state
          )
        }
      )
    }
  }
}

extension Question {
  /// The change in a few words, for what has no id: `dropout 0→0.5 accuracy`.
  fileprivate var key: String { "\(factor) \(from)→\(to) \(metric)" }
}
