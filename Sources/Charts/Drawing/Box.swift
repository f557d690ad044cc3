/// A rectangle in a drawing's units, y downwards.
package struct Box: Sendable, Equatable {
  package let x: Double
  package let y: Double
  package let width: Double
  package let height: Double

  package var maxX: Double { x + width }
  package var maxY: Double { y + height }
  var midX: Double { x + width / 2 }
  var midY: Double { y + height / 2 }
}
