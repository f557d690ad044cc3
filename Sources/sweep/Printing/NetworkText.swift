import Notation
import Reports
import Training

extension NetworkOutline {
  /// The network as a tree, a line per layer.
  ///
  /// - Parameter title: What the network is for, at the head of the tree.
  /// - Returns: Lines without an end of the last.
  func text(_ title: String) -> String {
    let share = parameters == 0 ? 0 : 100 * Double(learning) / Double(parameters)
    let learns =
      learning == parameters
      ? "all of them learn"
      : "\(learning.grouped) of them learn (\(Numeral.significant(share.rounded())) %)"
    var lines = [
      "\(title): \(parameters.grouped) parameters, \(learns)", "input  \(Self.words(input))",
    ]
    let rows = parts.map { part in part.layers.map(cells) }
    let widths = (0..<3).map { column in rows.joined().map { $0[column].count }.max() ?? 0 }
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      lines.append(
        "\(isLast ? "└" : "├")─ \(part.name): \(part.parameters.grouped) parameters"
      )
      for (place, cells) in rows[index].enumerated() {
        let branch = place == part.layers.count - 1 ? "└" : "├"
        let padded = zip(cells, widths).map { text, width in
          text + String(repeating: " ", count: width - text.count)
        }
        let line =
          "\(isLast ? " " : "│")  \(branch)─ " + (padded + cells.suffix(1)).joined(separator: "  ")
        lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Name, work, shape, and what is to be said of the parameters.
  private func cells(_ layer: Layer) -> [String] {
    let own =
      layer.parameters == 0
      ? "" : "\(layer.parameters.grouped) parameters, \(training(layer.rates))"
    return [layer.name, layer.work, Self.words(layer.shape), own]
  }

  private static func words(_ shape: [Int]) -> String {
    shape.count == 1
      ? "\(shape[0].grouped) number\(shape[0] == 1 ? "" : "s")"
      : shape.map(\.grouped).joined(separator: " × ")
  }

  /// `learn`, `frozen`, or `frozen for 10 epochs, then learn`.
  private func training(_ rates: [Double?]) -> String {
    let words = rates.map { rate -> String in
      guard let rate else { return "frozen" }
      return rate == 1 ? "learn" : "learn at \(Numeral.significant(rate)) of the rate"
    }
    guard Set(words).count > 1 else { return words[0] }
    let steps = zip(words, epochs).map { word, epochs in
      "\(word) for \(Numeral.counted(epochs, "epoch"))"
    }
    return (steps.dropLast() + words.suffix(1)).joined(separator: ", then ")
  }
}
