import Statistics
import Sweeps

/// The revealed questions whose curves may be shown while others are sealed.
///
/// A curve ends in the result of its cells. The baseline's are no secret, and neither are those that a revealed
/// question compares, until together they hold all the cells of a question that is sealed: then its answer could be
/// read off. Each question's curves are added in the order of the reveals, so that what was shown stays.
/// Cells are judged metric by metric, and an average over cells as if each of them were shown.
struct VisibleCurves {
  /// By id.
  let questions: Set<String>

  /// - Parameters:
  ///   - spec: The spec.
  ///   - revealed: The questions that were revealed, by id, in that order.
  ///   - records: The runs that came to an end.
  init(of spec: Spec, revealed: [String], records: [Record]) {
    let cells = Set(records.map(\.run.levels))
    func compared(by question: Question) -> [Set<[String]>] {
      question.arms.map { arm in cells.filter { arm.contains($0, of: spec.axes) } }
    }
    let asked = spec.askedQuestions
    let sealed = asked.map(\.question).enumerated().filter {
      !revealed.contains(asked[$0.offset].id)
    }
    .map { (metric: $0.element.metric, arms: compared(by: $0.element)) }
    .filter { !$0.arms.isEmpty && $0.arms.allSatisfy { !$0.isEmpty } }
    var shown: [String: Set<[String]>] = [:]
    var visible: Set<String> = []
    for id in revealed {
      guard let question = asked.first(where: { $0.id == id })?.question else { continue }
      let known = shown[question.metric] ?? [spec.axes.map(\.baseline.text)]
      let all = compared(by: question).reduce(known) { $0.union($1) }
      let spoils = sealed.contains { other in
        other.metric == question.metric && other.arms.allSatisfy { all.isSuperset(of: $0) }
      }
      guard !spoils else { continue }
      shown[question.metric] = all
      visible.insert(id)
    }
    questions = visible
  }
}
