import Statistics
import Sweeps

/// Where questions start, as far as a sheet may show it while all of them are sealed.
///
/// One cell is no contrast, but two starts may be what another question compares: then the second one is kept back.
/// Cells are judged metric by metric, and all questions of the spec count, whatever was revealed in these results: the
/// class's own may lie in another folder.
struct VisibleStarts {
  enum Start: Equatable {
    /// The cells before the change.
    case shown(Set<[String]>)
    /// With what is shown they would answer the question of this id.
    case answers(String)
  }

  /// By the id of the question; none where no run has come to an end.
  let starts: [String: Start]

  /// - Parameters:
  ///   - questions: What the sheet asks, in its order.
  ///   - spec: The spec that was run.
  ///   - cells: The levels of the cells with results.
  init(of questions: [AskedQuestion], spec: Spec, cells: Set<[String]>) {
    func compared(by question: Question) -> [Set<[String]>] {
      question.arms.map { arm in cells.filter { arm.contains($0, of: spec.axes) } }
    }
    let sealed = spec.askedQuestions.map { (asked: $0, arms: compared(by: $0.question)) }
      .filter { !$0.arms.isEmpty && $0.arms.allSatisfy { !$0.isEmpty } }
    var known: [String: Set<[String]>] = [:]
    var starts: [String: Start] = [:]
    for asked in questions {
      let metric = asked.question.metric
      guard let start = compared(by: asked.question).first, !start.isEmpty else { continue }
      let all = known[metric, default: [spec.axes.map(\.baseline.text)]].union(start)
      let answered = sealed.first { other in
        other.asked.question.metric == metric && other.arms.allSatisfy { all.isSuperset(of: $0) }
      }
      if let answered {
        starts[asked.id] = .answers(answered.asked.id)
      } else {
        known[metric] = all
        starts[asked.id] = .shown(start)
      }
    }
    self.starts = starts
  }
}
