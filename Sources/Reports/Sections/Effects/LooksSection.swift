import Foundation
import Statistics
import Sweeps

/// The rule by which seeds were added, and what each look found.
struct LooksSection: ReportSection {
  private let looks: LookSequence?
  private let design: Design
  private let name: (Question) -> String
  private let names: [TakenLook]

  init(_ findings: Findings) {
    let spec = findings.evidence.spec
    self.init(
      looks: findings.analysis.looks,
      design: findings.design,
      taken: findings.evidence.looks
    ) { spec.name(of: $0) }
  }

  /// - Parameters:
  ///   - looks: What the rule made of the runs; nil without a rule.
  ///   - design: The metrics with their thresholds.
  ///   - taken: The looks as they were written down; empty where nothing was.
  ///   - name: What a question is called.
  init(
    looks: LookSequence?,
    design: Design,
    taken: [TakenLook],
    name: @escaping (Question) -> String
  ) {
    self.looks = looks
    self.design = design
    names = taken
    self.name = name
  }

  var sections: [Section] {
    guard let looks else { return [] }
    let figure = LooksFigure(looks, design: design, name: name).figure
    return [
      Section(
        "The looks",
        [.paragraph(rule(looks))] + changed(looks) + (figure.map { [.figure($0)] } ?? [])
      )
    ]
  }

  private func rule(_ looks: LookSequence) -> Prose {
    let seeds = looks.plan.schedule.seeds.map(String.init)
    let list =
      seeds.count > 1
      ? seeds.dropLast().joined(separator: ", ") + " and " + (seeds.last ?? "") : seeds[0]
    return """
      Looks after \(list) seeds; a question that is settled, or has less than a 5 % chance to be settled by the last \
      look, gets no more seeds, and neither does a cell that no open question compares. So that several looks do not \
      give luck several chances, the \(Numeral.significant(looks.plan.alpha * 100)) % are paid out in proportion to the \
      seeds: \(spent(looks.plan)). Over all looks a question is called up or down wrongly in at most 2.5 % each, and none in at most 5 %, exactly so for normal differences.
      """
  }

  /// What is spent by each look: `1.25 % after 5 seeds, 2 % after 8`.
  private func spent(_ plan: LookPlan) -> String {
    zip(plan.schedule.seeds, plan.spentShares).map {
      "\(Numeral.significant($1 * 100)) % after \($0)"
    }.joined(separator: ", ")
  }

  /// Where what was written down at a look is not what the runs say: something was changed since.
  private func changed(_ looks: LookSequence) -> [Block] {
    let differing = names.filter { look in
      let found = looks.walks.compactMap { walk -> LookStanding.State? in
        walk.results.indices.contains(look.number - 1)
          ? walk.results[look.number - 1].look?.state : nil
      }
      return found != look.answers.map(\.state)
    }
    guard let first = differing.first else { return [] }
    return [
      .paragraph(
        "\(strong: "Not what was found then:") look \(first.number) was written down with other verdicts than the runs give now. The runs were changed, or the rules that judge them."
      )
    ]
  }
}
