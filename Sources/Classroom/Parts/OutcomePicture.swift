import Charts
import Foundation
import Reports
import Statistics

/// What came out of a question, seed by seed and then together, against the smallest change that matters.
///
/// Each seed's line is an element of the class `seed`, so that a style can let them come one after the other; the
/// interval is of the class `whole` and comes last.
struct OutcomePicture {
  let outcome: QuestionOutcome
  let metric: Metric

  private static let width = 1200.0
  private static let margin = 40.0
  /// Larger than elsewhere, for a long question takes from the height of the picture.
  private static let letters = 44.0
  private static let top = 78.0

  private var rowHeight: Double { outcome.differences.count > 8 ? 24 : 32 }
  private var bottom: Double {
    Self.top + rowHeight * Double(outcome.differences.count) + 90
  }

  /// The largest distance from 0 that the picture must hold.
  private var reach: Double {
    let ends = [
      outcome.interval?.lower, outcome.interval?.upper, outcome.estimate, 2 * metric.delta,
    ]
    let values = outcome.differences.map(\.value) + ends.compactMap(\.self)
    let reach = values.filter(\.isFinite).map(abs).max() ?? 0
    return reach > 0 ? reach * 1.06 : 1
  }

  private func x(_ value: Double) -> Double {
    Self.width / 2 + (Self.width / 2 - Self.margin) * max(-1, min(1, value / reach))
  }

  func write(to page: inout MarkupWriter) {
    page.element(
      "svg",
      [
        ("class", "outcome"), ("role", "img"), ("aria-label", label),
        ("viewBox", "0 0 \(Int(Self.width)) \(Int(bottom + (outcome.interval == nil ? 50 : 104)))"),
      ]
    ) { page in
      ground(&page)
      for (index, difference) in outcome.differences.enumerated() where difference.value.isFinite {
        seed(&page, difference, row: index)
      }
      whole(&page)
    }
  }

  /// The band within which a change does not matter, zero, and what is to the left and to the right.
  private func ground(_ page: inout MarkupWriter) {
    let (low, high) = (x(-metric.delta), x(metric.delta))
    page.element(
      "rect",
      [
        ("class", "band"), ("x", Number.coordinate(low)), ("y", Number.coordinate(Self.top - 14)),
        ("width", Number.coordinate(high - low)),
        ("height", Number.coordinate(bottom - Self.top + 14)),
      ],
      text: ""
    )
    line(&page, "zero", x(0), Self.top - 14, x(0), bottom)
    text(&page, "◀ falls", Self.margin, 40, "start")
    text(&page, "stays", Self.width / 2, 40, "middle")
    text(&page, "rises ▶", Self.width - Self.margin, 40, "end")
    // Where the band is narrow its two numbers stand outside it and leave the zero to the line.
    let isWide = high - low > 420
    if metric.delta > 0 {
      text(&page, tick(-metric.delta), low, bottom + 42, isWide ? "middle" : "end")
      text(&page, tick(metric.delta), high, bottom + 42, isWide ? "middle" : "start")
    }
    if isWide || metric.delta == 0 { text(&page, tick(0), x(0), bottom + 42, "middle") }
  }

  private func seed(
    _ page: inout MarkupWriter,
    _ difference: QuestionOutcome.Difference,
    row: Int
  ) {
    let y = Self.top + rowHeight * (Double(row) + 0.5)
    page.element("g", [("class", "seed")]) { page in
      line(&page, "reach", x(0), y, x(difference.value), y)
      page.element(
        "circle",
        [("cx", Number.coordinate(x(difference.value))), ("cy", Number.coordinate(y)), ("r", "9")],
        text: ""
      )
    }
  }

  private func whole(_ page: inout MarkupWriter) {
    guard let estimate = outcome.estimate, estimate.isFinite else { return }
    let y = bottom - 42
    page.element("g", [("class", "whole \(outcome.direction?.rawValue ?? "open")")]) { page in
      if let interval = outcome.interval {
        // Below all else: it is too long to stand beside the interval.
        text(&page, outcome.intervalName, Self.width / 2, bottom + 94, "middle")
        line(&page, "interval", x(interval.lower), y, x(interval.upper), y)
      }
      let (centre, half) = (x(estimate), 20.0)
      let corners = [
        (centre - half, y), (centre, y - half), (centre + half, y), (centre, y + half),
      ]
      page.element(
        "polygon",
        [
          (
            "points",
            corners.map { Number.coordinate($0.0) + "," + Number.coordinate($0.1) }.joined(
              separator: " "
            )
          )
        ],
        text: ""
      )
    }
  }

  private func line(
    _ page: inout MarkupWriter,
    _ name: String,
    _ x1: Double,
    _ y1: Double,
    _ x2: Double,
    _ y2: Double
  ) {
    page.element(
      "line",
      [
        ("class", name), ("x1", Number.coordinate(x1)), ("y1", Number.coordinate(y1)),
        ("x2", Number.coordinate(x2)),
        ("y2", Number.coordinate(y2)),
      ],
      text: ""
    )
  }

  private func text(
    _ page: inout MarkupWriter,
    _ content: String,
    _ x: Double,
    _ y: Double,
    _ anchor: String
  ) {
    page.element(
      "text",
      [
        ("x", Number.coordinate(x)), ("y", Number.coordinate(y)), ("text-anchor", anchor),
        ("font-size", Number.coordinate(Self.letters)),
      ],
      text: content
    )
  }

  /// A value on the axis as people read it: a change, or a factor where the analysis is one of logarithms.
  private func tick(_ value: Double) -> String {
    switch metric.scale {
    case .log: "×" + Numeral.plain((exp(value) * 100).rounded() / 100)
    case .linear:
      (value > 0 ? "+" : "") + Numeral.plain(value * metric.displayFactor) + metric.unit
    }
  }

  private var label: String {
    let signs = outcome.differences.map { $0.value < 0 ? "down" : "up" }
    return "\(signs.count { $0 == "down" }) of \(signs.count) seeds fall. \(outcome.verdict)"
  }
}
