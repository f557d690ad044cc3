package import Notation

/// One factor of a sweep: a name and the levels it takes, the first of which is its baseline.
package struct Axis: Sendable, Equatable {
  package let name: String
  /// Never empty and without duplicates; those of the grid first, then those that only extra cells use.
  package let levels: [Level]
  /// How many of the levels, from the first, the grid is a product of.
  package let gridCount: Int
  /// Whether the levels have an order, so that a trend over them means something.
  package let isOrdered: Bool
  /// One score per level for the trend, or nil where the axis has no order.
  package let scores: [Double]?

  package init(
    name: String,
    levels: [Level],
    gridCount: Int? = nil,
    isOrdered: Bool = false,
    scores: [Double]? = nil
  ) {
    precondition(!levels.isEmpty, "axis '\(name)' has no levels")
    self.name = name
    self.levels = levels
    self.gridCount = gridCount ?? levels.count
    self.isOrdered = isOrdered
    self.scores = scores
  }

  package var baseline: Level { levels[0] }

  /// The settings that the axis varies: its own name, or the members of a zip.
  package var settings: [String] { levels[0].values.keys }

  /// The index of the level that tables show as this text, or nil.
  package func index(of text: String) -> Int? {
    levels.firstIndex { $0.text == text }
  }
}

/// One level of an axis: what tables show and the settings that it stands for.
package struct Level: Sendable, Hashable {
  /// As written: strings without quotes, objects as compact JSON, the values of a zip joined by commas.
  package let text: String
  /// One setting and its value, or several for a zip.
  package let values: JSONObject

  package init(text: String, values: JSONObject) {
    self.text = text
    self.values = values
  }
}
