/// Answers by the nearest training examples: what features are worth without a head.
///
/// Near is a large cosine between features; of equals the first in the training set. Each neighbour has one vote. A class
/// has the probability (votes + 1) / (neighbours + classes), which is never 0, and a trait (votes + 1) / (neighbours + 2),
/// both as Laplace's rule has it; a number is the mean of the neighbours'. A training example is its own neighbour.
///
/// Reference: Cover and Hart (1967), Nearest neighbor pattern classification; on features of networks Wu et al. (2018),
/// arXiv 1805.01978, section 3.4, and DINO, arXiv 2104.14294, which weigh votes; here all count alike, as in scikit-learn's
/// `KNeighborsClassifier(metric: "cosine")`.
package struct NearestNeighbours: Sendable {
  /// (features, examples), row by row: the examples' features of length 1 side by side.
  private let table: [Float]
  private let targets: [Float]
  private let count: Int
  private let voting: Int

  /// Remembers examples.
  ///
  /// - Parameters:
  ///   - features: (examples, features), row by row.
  ///   - targets: (examples, outputs), row by row: 1 for yes, or a number.
  ///   - count: Examples.
  ///   - voting: How many have a vote, at most as many as there are.
  package init(features: [Float], targets: [Float], count: Int, voting: Int) {
    precondition((1...count).contains(voting), "\(voting) of \(count) neighbours")
    let unit = Self.normalized(features, count: count)
    let width = features.count / count
    table = (0..<width).flatMap { column in (0..<count).map { unit[$0 * width + column] } }
    self.targets = targets
    self.count = count
    self.voting = voting
  }

  private static func normalized(_ features: [Float], count: Int) -> [Float] {
    guard count > 0 else { return [] }
    let width = features.count / count
    return (0..<count).flatMap { row in
      let own = features[row * width..<(row + 1) * width]
      let square = own.reduce(0.0) { $0 + Double($1) * Double($1) }
      let scale = square > 0 ? 1 / square.squareRoot() : 0
      return own.map { Float(Double($0) * scale) }
    }
  }

  /// What the neighbours of some examples say, as a network would: logits, or a number.
  ///
  /// - Parameters:
  ///   - features: (examples, features), row by row.
  ///   - count: Examples.
  ///   - task: What the targets are.
  /// - Returns: (examples, outputs), row by row.
  package func outputs(of features: [Float], count: Int, task: Task) -> [Float] {
    let unit = Self.normalized(features, count: count)
    let width = table.count / self.count
    return (0..<count).flatMap { row in
      answer(nearest(to: unit[row * width..<(row + 1) * width]), task: task)
    }
  }

  /// The examples with the largest cosines.
  private func nearest(to own: ArraySlice<Float>) -> [Int] {
    var cosines = [Float](repeating: 0, count: count)
    cosines.withUnsafeMutableBufferPointer { cosines in
      table.withUnsafeBufferPointer { table in
        for (place, factor) in own.enumerated() where factor != 0 {
          let start = place * count
          for example in 0..<count { cosines[example] += factor * table[start + example] }
        }
      }
    }
    var nearest: [Int] = []
    for example in 0..<count {
      if nearest.count == voting, let last = nearest.last, cosines[example] <= cosines[last] {
        continue
      }
      var place = nearest.count
      while place > 0, cosines[nearest[place - 1]] < cosines[example] { place -= 1 }
      nearest.insert(example, at: place)
      if nearest.count > voting { nearest.removeLast() }
    }
    return nearest
  }

  private func answer(_ nearest: [Int], task: Task) -> [Float] {
    let outputs = targets.count / count
    return (0..<outputs).map { output in
      let sum = nearest.reduce(0.0) { $0 + Double(targets[$1 * outputs + output]) }
      switch task {
      case .single:
        return Float(Elementary.logarithm((sum + 1) / Double(voting + outputs)))
      case .multi:
        return Float(Elementary.logarithm((sum + 1) / (Double(voting) - sum + 1)))
      case .regression: return Float(sum / Double(voting))
      }
    }
  }
}
