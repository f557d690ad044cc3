/// A random stream named by what it is for, who asks and where, so that no setting shifts another's draws.
///
/// The key is hashed to the start of a SplitMix64 sequence. Two streams whose purpose, seed or place differ
/// are unrelated; the same key gives the same bits on every machine. Bounded integers and floating-point
/// draws are made here and not by the standard library, whose algorithms may change between versions.
///
/// Reference: Steele, Lea, Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, section 4
/// (SplitMix64); the key is folded with FNV-1a (Fowler, Noll, Vo) and the same finalizer.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Opens the stream of one purpose.
  ///
  /// - Parameters:
  ///   - purpose: What the draws are for: `init`, `order`, `augmentation`, ...
  ///   - seed: The seed of the run, or of the split.
  ///   - place: Where in the run: an epoch, an image, a layer, a step; empty for once a run.
  public init(purpose: String, seed: Int, place: [Int] = []) {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in purpose.utf8 { key = (key ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    key = Self.finalized(key &+ Self.golden)
    for word in [seed] + place {
      key = Self.finalized(key &+ Self.golden ^ UInt64(bitPattern: Int64(word)))
    }
    state = key
  }

  public mutating func next() -> UInt64 {
    state &+= Self.golden
    return Self.finalized(state)
  }

  /// Draws a uniform number from [0, 1) with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Draws a uniform integer from 0 ..< bound without bias.
  ///
  /// Reference: Lemire (2019), Fast random integer generation in an interval, algorithm 5.
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "a bound of \(bound) leaves nothing to draw")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Puts the elements in a random order (Fisher-Yates, from the end).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for end in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(end, index(below: end + 1))
    }
  }

  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func finalized(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
