import Reports
import Training

extension StepTrace {
  /// The step as a person would work it out: forward, loss, backward, update.
  ///
  /// - Parameters:
  ///   - settings: Which activation, loss and rule of steps it was made with.
  ///   - task: What is learned.
  /// - Returns: Lines without an end of the last.
  func text(_ settings: TrainingSettings, task: Training.Task) -> String {
    let relu = settings.activation == .relu
    let lines =
      [
        "One step of two dense layers on \(Numeral.counted(inputs.rows, "example")): "
          + "\(Numeral.counted(inputs.columns, "input")), \(Numeral.counted(hidden.columns, "hidden unit")), "
          + "\(Numeral.counted(outputs.columns, "output")).",
        "A row of x, z, a, y, t is an example; a row of W is a unit. Seven digits are kept, five decimals shown.",
        "", "Forward",
      ] + rows("x", "inputs, normalized", inputs)
      + rows("W₁", "", weights[0].before) + rows("b₁", "", weights[1].before)
      + rows("z", "x W₁ᵀ + b₁", sums)
      + rows("a", relu ? "max(0, z)" : "z: there is no activation", hidden)
      + rows("W₂", "", weights[2].before) + rows("b₂", "", weights[3].before)
      + rows("y", "a W₂ᵀ + b₂", outputs) + rows("t", "targets", targets)
      + ["", "Loss", "  \(task.lossFormula) = \(Self.shown(loss))"]
      + ["", "Backward: the slope of the loss by each number"]
      + rows("∂y", task.outputSlope, outputGradient)
      + slopes(weights[2], "∂W₂", "∂yᵀ a")
      + slopes(weights[3], "∂b₂", "∂y summed over the examples")
      + rows("∂a", "∂y W₂", hiddenGradient)
      + rows("∂z", relu ? "∂a where z > 0, else 0" : "∂a", sumGradient)
      + slopes(weights[0], "∂W₁", "∂zᵀ x")
      + slopes(weights[1], "∂b₁", "∂z summed over the examples")
      + ["", "Update: \(rule(settings))"]
      + weights.flatMap { update($0) }
      + ["", "  loss of the same examples after the step = \(Self.shown(lossAfter))", ""]
      + [closing]
    return lines.joined(separator: "\n")
  }

  private func rule(_ settings: TrainingSettings) -> String {
    let isPlain =
      settings.optimizer == SGD.name && settings.constants.momentum == 0
      && settings.constants.weightDecay == 0
    return isPlain
      ? "w − \(Numeral.plain(rate)) · ∂w"
      : "by the rule of optimizer '\(settings.optimizer)', rate \(Numeral.plain(rate))"
  }

  /// How well the two ways to find a slope agree.
  private var closing: String {
    let all = weights.flatMap { weights in
      zip(zip(weights.gradient.numbers, weights.difference.numbers), weights.hasKink)
    }
    let farthest = all.filter { !$0.1 }.map { abs($0.0.0 - $0.0.1) }.max() ?? 0
    let kinks = all.count { $0.1 }
    return
      "{ } holds the slope measured by moving the number by ± 1/\(Int(1 / Self.nudge)) and passing forward twice. "
      + "The two differ by at most \(Numeral.fixed(farthest, decimals: 6))"
      + (kinks == 0
        ? "."
        : "; ~ marks \(Numeral.counted(kinks, "number")) where a unit turns on or off in between, so that the loss has "
          + "a kink there.")
  }

  private func rows(_ name: String, _ formula: String, _ matrix: Matrix) -> [String] {
    table(name, formula, matrix.columns, matrix.numbers.map(Self.shown))
  }

  private func slopes(_ weights: Weights, _ name: String, _ formula: String) -> [String] {
    let cells = weights.gradient.numbers.indices.map { index in
      Self.shown(weights.gradient.numbers[index])
        + " {\(weights.hasKink[index] ? "~" : "")\(Self.shown(weights.difference.numbers[index]))}"
    }
    return table(name, formula, weights.gradient.columns, cells)
  }

  private func update(_ weights: Weights) -> [String] {
    let cells = zip(weights.before.numbers, weights.after.numbers).map {
      "\(Self.shown($0)) → \(Self.shown($1))"
    }
    let name = (weights.isBias ? "b" : "W") + (weights.layer == 1 ? "₁" : "₂")
    return table(name, "", weights.before.columns, cells)
  }

  /// A line per row of a matrix, the first with its name and how it comes about.
  private func table(
    _ name: String,
    _ formula: String,
    _ columns: Int,
    _ cells: [String]
  ) -> [String] {
    let width = cells.map(\.count).max() ?? 0
    let head = "  \(name)" + (formula.isEmpty ? "" : " = \(formula)")
    let lines = stride(from: 0, to: cells.count, by: columns).map { start in
      "      "
        + cells[start..<start + columns].map { cell in
          String(repeating: " ", count: width - cell.count) + cell
        }.joined(separator: "  ")
    }
    return [head] + lines
  }

  private static func shown(_ number: Double) -> String { Numeral.fixed(number, decimals: 5) }
}

extension Training.Task {
  fileprivate var lossFormula: String {
    switch self {
    case .single: "−Σ t · log softmax(y), mean over the examples"
    case .multi: "−t · log σ(y) − (1 − t) · log(1 − σ(y)), mean over outputs and examples"
    case .regression: "(y − t)², mean over the examples"
    }
  }

  fileprivate var outputSlope: String {
    switch self {
    case .single: "(softmax(y) − t) / examples"
    case .multi: "(σ(y) − t) / (outputs · examples)"
    case .regression: "2 (y − t) / examples"
    }
  }
}
