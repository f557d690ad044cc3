/// Traits of the digits that do not exclude each other: what a network with one sigmoid each learns.
enum DigitTraits {
  /// Each trait and the digits that have it.
  private static let traits: [(name: String, digits: Set<Int>)] = [
    ("even", [0, 2, 4, 6, 8]),
    ("prime", [2, 3, 5, 7]),
    ("square", [0, 1, 4, 9]),
    ("loop", [0, 6, 8, 9]),
    ("above-four", [5, 6, 7, 8, 9]),
  ]

  static let labelling = Dataset.Labelling.traits(
    traits.map(\.name),
    byLabel: (0...9).map { digit in traits.map { $0.digits.contains(digit) } }
  )
}
