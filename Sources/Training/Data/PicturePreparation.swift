/// How a picture file becomes an example of a data set: as the set's own validation pictures did.
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
  /// - Parameter paths: PNG, JPEG and WebP files.
  /// - Returns: One example each; labels are 0.
  /// - Throws: `TrainingError` where one is missing or cannot be read, or where the set's own are no squares.
  package func examples(_ paths: [String]) throws -> ExampleSet {
    guard rows == columns else {
      throw TrainingError.contradiction(
        "These networks look at pictures of \(columns) × \(rows) pixels, and only squares are cut from others."
      )
    }
    return ExampleSet(
      rows: rows,
      columns: columns,
      channels: channels,
      pixels: Pixels(try paths.flatMap(pixels)),
      labels: paths.map { _ in 0 }
    )
  }

  /// (rows, columns, channels) of one picture.
  private func pixels(_ path: String) throws -> [UInt8] {
    if let ground {
      var source = PictureSource(folder: "")
      (source.side, source.ground) = (rows, ground)
      return try ImageFolder(source).square(path)
    }
    let picture = try PictureFile(FileContent.read(path), name: path, shorter: rows, on: .black)
    guard let colors = picture.square(side: rows, shorter: rows) else {
      throw TrainingError.unreadableFile(path, reason: "there is no memory to resize it")
    }
    return channels == 1 ? Self.grey(colors) : colors
  }

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
