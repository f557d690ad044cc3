/// A picture of plain values, as a drawing of its own natural size.
///
/// A chart decides nothing: estimates, intervals and words are given to it. It leaves out values that
/// are not finite, thins what is too much to draw, and says both in the drawing's notes.
package protocol Chart: Sendable {
  /// The finished picture; at most 720 units wide.
  var drawing: Drawing { get }
}

/// A place in the plane: of data in the axes' units, of a drawing in its own units with y downwards.
package struct Point: Sendable, Equatable {
  package let x: Double
  package let y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
}

/// The two ends of an interval, in the unit of the axis it is drawn on.
package struct Span: Sendable, Equatable {
  package let lower: Double
  package let upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  var isFinite: Bool { lower.isFinite && upper.isFinite }
}

/// Runs that belong together: one dot each, with their mean and its interval.
package struct Group: Sendable, Equatable {
  package let mean: Double?
  package let interval: Span?
  package let dots: [Double]

  /// - Parameters:
  ///   - mean: The estimate for the group, or nil when there is none.
  ///   - interval: What the estimate's uncertainty is drawn as, or nil.
  ///   - dots: One value per seed.
  package init(mean: Double?, interval: Span? = nil, dots: [Double] = []) {
    self.mean = mean
    self.interval = interval
    self.dots = dots
  }

  /// All finite numbers of the group.
  var values: [Double] {
    ([mean, interval?.lower, interval?.upper].compactMap { $0 } + dots).filter(\.isFinite)
  }
}
