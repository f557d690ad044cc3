import Notation

extension SharedFolder {
  /// The name of what depends on these texts and on the trainer.
  fileprivate static func key(of inputs: [String]) -> String {
    Digest.hexadecimal(of: "trainer \(trainerVersion) \(inputs.joined(separator: " "))")
  }

  /// The lines that another run kept beside what it made of the same inputs, `nil` where there are none.
  func lines(of inputs: [String]) -> [String]? {
    guard let file = file(.lines, Self.key(of: inputs)) else { return nil }
    return String(decoding: file.bytes, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    ).dropLast().map(String.init)
  }

  /// Keeps them, each a text without a line's end.
  func keep(lines: [String], of inputs: [String]) {
    let text = lines.map { $0 + "\n" }.joined()
    Array(text.utf8).withUnsafeBytes { keep($0, .lines, Self.key(of: inputs)) }
  }
}

extension ExampleSet {
  /// Images as another run decoded them, or decoded here and kept for others.
  ///
  /// - Parameters:
  ///   - folder: Where runs share, `nil` for decoding in any case.
  ///   - inputs: Gives all that the images depend on: the digest of each file, and how they are made of them.
  ///   - decode: Makes the images.
  /// - Returns: The same examples either way.
  /// - Throws: What the closures throw.
  static func shared(
    in folder: SharedFolder?,
    madeOf inputs: () throws -> [String],
    decode: () throws -> ExampleSet
  ) throws -> ExampleSet {
    guard let folder else { return try decode() }
    let key = SharedFolder.key(of: try inputs())
    if let file = folder.file(.examples, key), let set = ExampleSet(file) { return set }
    let set = try decode()
    if let content = set.content { content.withUnsafeBytes { folder.keep($0, .examples, key) } }
    return set
  }

  /// Rows, columns, channels and images, then the label of each image, as 32-bit integers; then the pixels.
  private var content: [UInt8]? {
    guard case .bytes(let pixels) = values else { return nil }
    let numbers = ([rows, columns, channels, count] + labels).map { Int32($0) }
    return numbers.withUnsafeBytes { Array($0) } + pixels.withUnsafeBytes { Array($0) }
  }

  private init?(_ file: SharedFile) {
    func number(_ index: Int) -> Int {
      Int(file.bytes.loadUnaligned(fromByteOffset: 4 * index, as: Int32.self))
    }
    guard file.bytes.count >= 16 else { return nil }
    let (size, count) = (number(0) * number(1) * number(2), number(3))
    let skipped = 4 * (4 + count)
    guard file.bytes.count == skipped + size * count else { return nil }
    self.init(
      rows: number(0),
      columns: number(1),
      channels: number(2),
      pixels: Pixels(shared: file, skipping: skipped),
      labels: (0..<count).map { number(4 + $0) }
    )
  }

  /// How many of the images another run had decoded.
  var sharedCount: Int {
    if case .bytes(let pixels) = values, pixels.isShared { count } else { 0 }
  }
}
