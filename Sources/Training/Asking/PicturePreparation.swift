/// A picture that networks are asked about.
package enum AskedPicture: Sendable {
  /// The path of a PNG, JPEG or WebP file.
  case file(String)
  /// The bytes of such a file.
  case bytes([UInt8])
  /// The bytes of a file with strokes that are light on black, anywhere on it and of any size.
  case drawing([UInt8])

  /// What an error calls it.
  private var name: String {
    if case .file(let path) = self { path } else { "the picture" }
  }

  fileprivate func content() throws -> [UInt8] {
    switch self {
    case .file(let path): try FileContent.read(path)
    case .bytes(let bytes), .drawing(let bytes): bytes
    }
  }

  /// Bytes from elsewhere may say that they are of any size; who sends them has made them small.
  private static let sentLimit = 4_000_000

  fileprivate func decoded(shorter: Int, on ground: PictureGround) throws -> PictureFile {
    var limit = Self.sentLimit
    if case .file = self { limit = PictureFile.pixelLimit }
    return try PictureFile(content(), name: name, shorter: shorter, on: ground, limit: limit)
  }

  fileprivate func fault(_ reason: String) -> TrainingError {
    .unreadableFile(name, reason: reason)
  }
}

/// How a picture becomes an example of a data set: as the set's own validation pictures did.
///
/// Photographs are turned upright, scaled and cut from the middle as ``ImageFolder`` has it. Pictures for sets of IDX
/// files and for bundled ones, which know no files, are scaled until the shorter side fits and cut from the middle; a
/// picture that has the size of the set's own is taken pixel by pixel. What is transparent is black there, as the paper
/// of these sets is.
package struct PicturePreparation: Hashable, Sendable {
  private let rows: Int
  private let columns: Int
  private let channels: Int
  /// What shines through where a picture is transparent, for photographs; `nil` for other sets.
  private let ground: PictureGround?

  init(rows: Int, columns: Int, channels: Int, dataset: DatasetSource) {
    (self.rows, self.columns, self.channels) = (rows, columns, channels)
    if case .pictures(let source) = dataset { ground = source.ground } else { ground = nil }
  }

  /// Decodes and prepares pictures.
  ///
  /// - Parameter pictures: What is asked about.
  /// - Returns: One example each; labels are 0.
  /// - Throws: `TrainingError` where one is missing, cannot be read or shows nothing, or where the set's own are no
  ///   squares.
  package func examples(_ pictures: [AskedPicture]) throws -> ExampleSet {
    guard rows == columns else {
      throw TrainingError.contradiction(
        "These networks look at pictures of \(columns) × \(rows) pixels, and only squares are cut from others."
      )
    }
    return ExampleSet(
      rows: rows,
      columns: columns,
      channels: channels,
      pixels: Pixels(try pictures.flatMap(pixels)),
      labels: pictures.map { _ in 0 }
    )
  }

  /// (rows, columns, channels) of one picture.
  private func pixels(_ picture: AskedPicture) throws -> [UInt8] {
    if case .drawing = picture { return try drawn(picture) }
    let shorter = ground == nil ? rows : ImageFolder.shorterSide(of: rows)
    let file = try picture.decoded(shorter: shorter, on: ground ?? .black)
    guard let colors = file.square(side: rows, shorter: shorter) else {
      throw picture.fault("there is no memory to resize it")
    }
    return channels == 1 ? Self.grey(colors) : colors
  }

  /// A drawing, centred where the set's pictures have the size of centred characters.
  private func drawn(_ picture: AskedPicture) throws -> [UInt8] {
    guard channels == 1, rows == DrawnCharacter.side else {
      throw picture.fault("these networks look at photographs, and it is a drawing")
    }
    // A canvas is a square; of anything else the middle is taken.
    let file = try picture.decoded(shorter: Self.canvas, on: .black)
    let colors = file.square(side: Self.canvas, shorter: Self.canvas)
    guard let colors, let centred = DrawnCharacter.centred(Self.grey(colors), rows: Self.canvas)
    else { throw picture.fault("nothing is drawn on it") }
    return centred
  }

  /// Pixels of a drawing's side before it is centred.
  private static let canvas = 280

  /// The brightness of each pixel as ITU-R BT.601 weighs colours; grey stays as it is.
  private static func grey(_ colors: [UInt8]) -> [UInt8] {
    stride(from: 0, to: colors.count, by: 3).map { start in
      let (red, green, blue) = (
        Int(colors[start]), Int(colors[start + 1]), Int(colors[start + 2])
      )
      return UInt8((299 * red + 587 * green + 114 * blue + 500) / 1000)
    }
  }
}
