/// What chains of other machines add to one chain: each line once, and each person under a name of their own.
///
/// A name is not a person. Where two chains have an answer to the same question in the same round by the same name, two
/// people gave it, and the second is numbered; the name is kept when more of that person comes later.
package struct ChainMerge: Sendable {
  package struct Addition: Sendable, Equatable {
    package let prediction: Prediction
    package let origin: PredictionChain.Origin
  }

  /// One answer that a chain can hold.
  private struct Place: Hashable {
    let who: String
    let round: Int
    let question: String

    init(_ prediction: Prediction, who: String) {
      (self.who, round, question) = (who, prediction.round, prediction.asked.id)
    }
  }

  /// One person of a chain, by the name there.
  private struct Person: Hashable {
    let chain: String
    let who: String
  }

  /// What is to be sealed, in the order of the chains and of their lines.
  package private(set) var additions: [Addition] = []
  /// Who is called otherwise than in their own chain, a sentence each.
  package private(set) var notes: [String] = []
  /// Digests of lines that are there already.
  private var known: Set<String> = []
  /// The chain that each answer came from; empty for what was sealed in this one.
  private var owners: [Place: String] = [:]
  private var names: [Person: String] = [:]

  /// - Parameter own: What others are added to; nil where nobody has predicted anything.
  package init(into own: PredictionChain?) {
    for link in own?.links ?? [] {
      let who = link.prediction.who
      known.insert(link.digest)
      owners[Place(link.prediction, who: who)] = link.origin?.chain ?? ""
      guard let origin = link.origin else { continue }
      known.insert(origin.line)
      names[Person(chain: origin.chain, who: origin.who)] = who
    }
  }

  /// Adds the lines of a chain that are not there yet.
  ///
  /// - Parameters:
  ///   - chain: A checked chain for the same spec.
  ///   - file: What it is called in notes.
  package mutating func add(_ chain: PredictionChain, named file: String) {
    let first = chain.links.first?.digest ?? ""
    let lines = chain.links.map { link in
      Addition(
        prediction: link.prediction,
        origin: link.origin
          ?? PredictionChain.Origin(chain: first, line: link.digest, who: link.prediction.who)
      )
    }.filter { !known.contains($0.origin.line) }
    for line in lines {
      let name = name(of: line.origin, answers: lines, file)
      known.insert(line.origin.line)
      owners[Place(line.prediction, who: name)] = line.origin.chain
      additions.append(Addition(prediction: line.prediction.by(name), origin: line.origin))
    }
  }

  /// The name of a person here: the own one, or numbered where it is another's.
  private mutating func name(
    of origin: PredictionChain.Origin,
    answers lines: [Addition],
    _ file: String
  ) -> String {
    let person = Person(chain: origin.chain, who: origin.who)
    if let name = names[person] { return name }
    let own = lines.filter { $0.origin.chain == origin.chain && $0.origin.who == origin.who }
    func isAnothers(_ name: String) -> Bool {
      own.contains { line in
        owners[Place(line.prediction, who: name)].map { $0 != origin.chain } ?? false
      }
    }
    var name = origin.who
    var number = 1
    while isAnothers(name) {
      number += 1
      name = "\(origin.who) (\(number))"
    }
    names[person] = name
    if number > 1 {
      notes.append(
        "'\(origin.who)' of \(file) is called '\(name)': another '\(origin.who)' has answered the same."
      )
    }
    return name
  }
}
