/// What stands for what, above a chart: for panels and stacked bars, where no name fits beside the data.
struct Key {
  /// What stands before a name.
  enum Sample {
    case line(Drawing.Stroke)
    case dots(Paint)
    case bar(Paint, opacity: Double)
    case mark(Drawing.Mark, Paint)
  }

  private static let sampleWidth = 28.0
  private let entries: [(name: String, sample: Sample)]
  private let width: Double

  /// - Parameters:
  ///   - entries: The names with what stands for them, in order.
  ///   - width: The room there is, in drawing units.
  init(_ entries: [(name: String, sample: Sample)], width: Double) {
    self.entries = entries
    self.width = width
  }

  /// The height of all lines of names.
  var height: Double { entries.isEmpty ? 0 : (places.last?.y ?? 0) + 22 }

  /// Draws samples and names from the left, going on in another line where one is full.
  func draw(top: Double, on drawing: inout Drawing) {
    for (entry, place) in zip(entries, places) {
      let y = top + place.y + 8
      let end = place.x + Self.sampleWidth - 6
      switch entry.sample {
      case .line(let stroke):
        drawing.line(Point(x: place.x, y: y), Point(x: end, y: y), stroke)
      case .dots(let paint):
        drawing.add(.dots([Point(x: place.x + 11, y: y)], radius: 4, paint))
      case .bar(let paint, let opacity):
        let box = Box(x: place.x, y: y - 6, width: 22, height: 12)
        drawing.add(.bar(box, paint, opacity: opacity, title: nil))
      case .mark(let mark, let paint):
        drawing.add(.mark(mark, Point(x: place.x + 11, y: y), paint))
      }
      drawing.write(
        entry.name,
        at: Point(x: place.x + Self.sampleWidth, y: y),
        room: width - Self.sampleWidth
      )
    }
  }

  /// The upper left corner of each entry.
  private var places: [Point] {
    var place = Point(x: 0, y: 0)
    return entries.map { entry in
      let own = min(
        Self.sampleWidth + Lettering.width(Lettering.clean(entry.name)) + 20,
        width
      )
      if place.x > 0, place.x + own > width { place = Point(x: 0, y: place.y + 20) }
      defer { place = Point(x: place.x + own, y: place.y) }
      return place
    }
  }
}
