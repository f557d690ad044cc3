import Notation
import Statistics

/// Looks at the cells of a spec whose text is right, whether there are any and their settings go together.
struct GridCheck {
  /// Cells whose settings are looked at together; the first ones, as all levels appear early in few axes.
  static let cellLimit = 2_000
  /// Contradictions that are told; the others are of the same kind.
  static let contradictionLimit = 5

  private let spec: Spec
  private let trainer: Trainer?

  init(_ spec: Spec, trainer: Trainer?) {
    self.spec = spec
    self.trainer = trainer
  }

  func faults(
    root: JSONNode,
    questions: [(asked: AskedQuestion, place: SourcePlace)]
  ) -> [SpecFault] {
    let axes = root.member("axes")?.keyPlace ?? root.member("settings")?.keyPlace
    do {
      let cells = try Cells(spec)
      guard !cells.isEmpty else {
        let place = root.member("exclude")?.keyPlace ?? root.member("when")?.keyPlace
        return [SpecFault(error: .noCells, place: place)]
      }
      return contradictions(of: cells, at: axes)
        + questions.flatMap { emptySides(of: $0.asked, at: $0.place) }
    } catch {
      return [SpecFault(error: error, place: axes)]
    }
  }

  private func contradictions(of cells: Cells, at place: SourcePlace?) -> [SpecFault] {
    guard let trainer else { return [] }
    var sentences: Set<String> = []
    var faults: [SpecFault] = []
    for cell in cells.prefix(GridCheck.cellLimit) {
      var members = spec.settings.members
      for (axis, level) in zip(spec.axes, cell) { members += axis.levels[level].values.members }
      let settings = JSONObject(members)
      guard
        let sentence = trainer.contradiction(settings)
          ?? trainer.faultOfKeeping(settings, spec.keep),
        sentences.insert(sentence).inserted
      else { continue }
      let words = zip(spec.axes, cell).map { "\($0.name) is \($0.levels[$1].text)" }
      let cell = words.isEmpty ? "nothing varies" : words.joined(separator: ", ")
      faults.append(SpecFault(error: .contradiction(sentence, cell: cell), place: place))
      if faults.count == GridCheck.contradictionLimit { break }
    }
    return faults
  }

  /// The sides of a question that no cell of the grid is on.
  private func emptySides(of asked: AskedQuestion, at place: SourcePlace) -> [SpecFault] {
    let question = asked.question
    return [question.from, question.to].compactMap { level in
      let held = question.at.merging([question.factor: level]) { $1 }
      let constraints = held.compactMap { name, level -> CellPattern.Constraint? in
        guard let (index, axis) = spec.axis(named: name), let ordinal = axis.index(of: level)
        else { return nil }
        return CellPattern.Constraint(axis: index, levels: [ordinal])
      }
      let cells = try? Cells(spec, filter: CellPattern(constraints: constraints))
      guard let cells, cells.isEmpty else { return nil }
      let subject = asked.id.isEmpty ? "A question" : "The question '\(asked.id)'"
      return SpecFault(error: .noCellsFor(question: subject, level: level), place: place)
    }
  }
}
