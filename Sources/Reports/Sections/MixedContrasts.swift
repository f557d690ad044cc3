import Notation
import Statistics
import Sweeps

/// The changes of which some pair has runs of two versions of a program.
struct MixedContrasts {
  /// How many pairs of a change there are, and in how many of them the two runs come from different versions.
  struct Count: Equatable {
    let mixed: Int
    let pairs: Int

    var json: JSON { ["mixed": JSON(mixed), "pairs": JSON(pairs)] }
  }

  /// What marks such a change in a table, and what the mark means.
  static let mark = " §"
  static let note: Prose =
    " § has pairs of runs of two versions of the program: what changed in it is part of the difference."

  /// Those among the questions' contrasts, without questions among the changes to each level.
  let found: [(question: Question, count: Count)]
  private let factors: [Factor]
  /// The version of each finished run by its levels and seed; empty where there is only one.
  private let versions: [[String]: [Int: ProgramVersion]]

  init(_ evidence: Evidence, design: Design) {
    factors = design.factors
    var versions: [[String]: [Int: ProgramVersion]] = [:]
    if evidence.versions.areMixed {
      for record in evidence.records where record.status == .ok {
        versions[record.run.levels, default: [:]][record.run.seed] =
          evidence.versions[record.run.id]
      }
    }
    self.versions = versions
    guard !versions.isEmpty else {
      found = []
      return
    }
    let changes = design.factors.flatMap { factor in
      factor.levels.dropFirst().map {
        Question(factor: factor.name, from: factor.levels[0], to: $0, metric: "")
      }
    }
    let asked = design.questions.filter { $0.kind == .level }
    found = (asked.isEmpty ? changes : asked).compactMap { question in
      Self.count(question, factors: design.factors, versions).map { (question, $0) }
    }
  }

  /// `lr 0.1→1 (3 of 8 pairs)` for each that was found.
  var names: [String] {
    found.map { question, count in
      "\(question.factor) \(question.from)→\(question.to)\(question.held) (\(count.mixed) of \(Numeral.counted(count.pairs, "pair")))"
    }
  }

  /// How many pairs of a question are mixed; nil where none is.
  subscript(question: Question) -> Count? {
    versions.isEmpty ? nil : Self.count(question, factors: factors, versions)
  }

  /// The same of a change that is averaged over all settings.
  subscript(change: Effects.Change) -> Count? {
    self[Question(factor: change.factor, from: change.from, to: change.to, metric: "")]
  }

  private static func count(
    _ question: Question,
    factors: [Factor],
    _ versions: [[String]: [Int: ProgramVersion]]
  ) -> Count? {
    guard let place = factors.firstIndex(where: { $0.name == question.factor }) else { return nil }
    var pairs = 0
    var mixed = 0
    for (levels, seeds) in versions where levels[place] == question.from {
      let isHeld = zip(factors, levels).allSatisfy { factor, level in
        question.at[factor.name].map { $0 == level } ?? true
      }
      var other = levels
      other[place] = question.to
      guard isHeld, let others = versions[other] else { continue }
      for (seed, version) in seeds {
        guard let partner = others[seed] else { continue }
        pairs += 1
        if partner != version { mixed += 1 }
      }
    }
    return mixed == 0 ? nil : Count(mixed: mixed, pairs: pairs)
  }
}
