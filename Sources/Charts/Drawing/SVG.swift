extension Drawing {
  /// The picture as an element of an HTML page that holds `Palette.css`.
  ///
  /// It takes its colours from the page and has no identifiers, so that any number of charts may
  /// stand on one page. The page's style says that small images are enlarged without smoothing: validators of HTML know
  /// that as a property of style alone.
  ///
  /// - Parameter label: What the picture shows, with its numbers, for those who cannot see it.
  /// - Returns: One `svg` element with a line end after it.
  package func svg(label: String) -> String {
    let size = [Number.coordinate(width), Number.coordinate(height)]
    return "<svg class=\"chart\" role=\"img\" aria-label=\"\(escaped(label))\""
      + " width=\"\(size[0])\" height=\"\(size[1])\" viewBox=\"0 0 \(size[0]) \(size[1])\""
      + " \(Self.font) fill=\"currentColor\">\n"
      + elements.map { markup($0, paint: Palette.property) }.joined()
      + "</svg>\n"
  }

  /// The picture as a file that needs nothing else and follows the reader's light or dark scheme.
  ///
  /// - Parameter label: What the picture shows, with its numbers, for those who cannot see it.
  /// - Returns: A whole SVG document with a line end after it.
  package func file(label: String) -> String {
    let margin = 12.0
    let page = [-margin, -margin, width + 2 * margin, height + 2 * margin].map(Number.coordinate)
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"\(escaped(label))\""
      + " width=\"\(page[2])\" height=\"\(page[3])\""
      + " viewBox=\"\(page.joined(separator: " "))\""
      + " \(Self.font) fill=\"\(Palette.light(.ink))\">\n"
      + "<style>\n\(Palette.fileCSS)\n</style>\n"
      + "<rect x=\"\(page[0])\" y=\"\(page[1])\" width=\"\(page[2])\" height=\"\(page[3])\""
      + " fill=\"\(Palette.light(.paper))\"/>\n"
      + elements.map { markup($0, paint: Palette.light, imageStyle: Self.pixelated) }.joined()
      + "</svg>\n"
  }

  private static let font =
    "font-family=\"system-ui,sans-serif\" font-size=\"\(Number.coordinate(Lettering.size))\""

  /// How a file that stands alone has small images enlarged without smoothing.
  private static let pixelated = " image-rendering=\"pixelated\""

  private func markup(
    _ element: Element,
    paint: (Paint) -> String,
    imageStyle: String = ""
  ) -> String {
    switch element {
    case .curve(let strokes, let stroke):
      "<path d=\"\(strokes.map(path).joined())\" fill=\"none\""
        + " stroke=\"\(paint(stroke.paint))\" stroke-width=\"\(Number.coordinate(stroke.width))\""
        + (stroke.opacity < 1 ? " stroke-opacity=\"\(Number.share(stroke.opacity))\"" : "")
        + (stroke.isDashed ? " stroke-dasharray=\"6 4\"" : "")
        + " stroke-linejoin=\"round\"/>\n"
    case .area(let points, let fill, let opacity):
      "<path d=\"\(path(points))Z\"\(filled(fill, opacity, paint))/>\n"
    case .bar(let box, let fill, let opacity, let title):
      "<rect \(attributes(of: box))\(filled(fill, opacity, paint))"
        + (title.map { "><title>\(escaped($0))</title></rect>\n" } ?? "/>\n")
    case .dots(let points, let radius, let fill):
      "<g fill=\"\(paint(fill))\" fill-opacity=\".5\">"
        + points.map { point in
          "<circle cx=\"\(Number.coordinate(point.x))\" cy=\"\(Number.coordinate(point.y))\""
            + " r=\"\(Number.coordinate(radius))\"/>"
        }.joined() + "</g>\n"
    case .mark(let mark, let point, let fill): shape(mark, point, paint(fill), paint(.paper))
    case .text(let text): markup(text, paint: paint)
    case .image(let box, let picture):
      "<image \(attributes(of: box)) preserveAspectRatio=\"none\"\(imageStyle)"
        + " href=\"\(picture.dataAddress)\"/>\n"
    }
  }

  private func markup(_ text: Text, paint: (Paint) -> String) -> String {
    // The middle of the letters is a third of their size above the line they stand on.
    let baseline = text.point.y + 0.36 * Lettering.size
    return "<text x=\"\(Number.coordinate(text.point.x))\" y=\"\(Number.coordinate(baseline))\""
      + (text.anchor == .start ? "" : " text-anchor=\"\(text.anchor.rawValue)\"")
      + (text.isBold ? " font-weight=\"700\"" : "")
      + (text.paint == .ink ? "" : " fill=\"\(paint(text.paint))\"")
      + ">" + (text.title.map { "<title>\(escaped($0))</title>" } ?? "")
      + escaped(text.content) + "</text>\n"
  }

  /// A shape of about 10 units across, with a rim of paper to stand out from lines and dots.
  private func shape(_ mark: Mark, _ at: Point, _ paint: String, _ paper: String) -> String {
    let outline: [(Double, Double)] =
      switch mark {
      case .circle, .ring: []
      case .square: [(-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5)]
      case .triangle: [(0, -6), (5.5, 4), (-5.5, 4)]
      case .diamond: [(0, -6.5), (5.5, 0), (0, 6.5), (-5.5, 0)]
      case .star: [(-6, -3.5), (6, -3.5), (0, 6.5)]
      case .cross: []
      case .leftArrow: [(-1, 0), (7, -5), (7, 5)]
      case .rightArrow: [(1, 0), (-7, -5), (-7, 5)]
      case .upArrow: [(0, -1), (-5, 7), (5, 7)]
      case .downArrow: [(0, 1), (-5, -7), (5, -7)]
      }
    let rim = " fill=\"\(paint)\" stroke=\"\(paper)\" stroke-width=\"1.5\""
    let centre = "cx=\"\(Number.coordinate(at.x))\" cy=\"\(Number.coordinate(at.y))\""
    switch mark {
    case .circle: return "<circle \(centre) r=\"5\"\(rim)/>\n"
    case .ring:
      return
        "<circle \(centre) r=\"4.5\" fill=\"\(paper)\" stroke=\"\(paint)\" stroke-width=\"2\"/>\n"
    case .cross:
      let arms = [[(-4.0, -4.0), (4.0, 4.0)], [(-4.0, 4.0), (4.0, -4.0)]]
      let lines = arms.map { path($0.map { Point(x: at.x + $0.0, y: at.y + $0.1) }) }
      return
        "<path d=\"\(lines.joined())\" fill=\"none\" stroke=\"\(paint)\" stroke-width=\"2.5\"/>\n"
    default:
      let points = outline.map { Point(x: at.x + $0.0, y: at.y + $0.1) }
      return "<path d=\"\(path(points))Z\"\(rim)/>\n"
    }
  }

  private func path(_ points: [Point]) -> String {
    guard let first = points.first else { return "" }
    // A lone point is drawn as a short line, since a path of no length shows nothing.
    guard points.count > 1 else { return "M" + pair(first) + "h1" }
    return "M" + pair(first) + "L" + points.dropFirst().map(pair).joined(separator: " ")
  }

  private func pair(_ point: Point) -> String {
    Number.coordinate(point.x) + "," + Number.coordinate(point.y)
  }

  private func attributes(of box: Box) -> String {
    zip(["x", "y", "width", "height"], [box.x, box.y, box.width, box.height])
      .map { "\($0)=\"\(Number.coordinate($1))\"" }.joined(separator: " ")
  }

  private func filled(_ fill: Paint, _ opacity: Double, _ paint: (Paint) -> String) -> String {
    " fill=\"\(paint(fill))\"" + (opacity < 1 ? " fill-opacity=\"\(Number.share(opacity))\"" : "")
  }
}

/// A text without what means something in markup, or is no text.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in Lettering.clean(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
