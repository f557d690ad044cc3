package import Notation
package import Statistics

/// One operation, drawn for each picture, with a strength drawn from a wide range: there is nothing to tune.
///
/// The operations are those of the reference, with its 31 even strengths; saturation is drawn for pictures of three
/// channels alone. Shears and shifts are bilinear here; shifts reach 32 pixels whatever the picture's size.
///
/// Reference: Müller, Hutter (2021), TrivialAugment, arXiv 2103.10158, in the wide form; torchvision's
/// `TrivialAugmentWide`.
package struct TrivialAugment: Augmentation {
  package static let kinds = [
    Setting(
      "trivial",
      .number(.between(0, 1)),
      default: 0,
      "probability of one random operation of random strength"
    )
  ]

  private let probability: Double
  private let strengths = 31

  package init?(_ strengths: AugmentationStrengths) {
    probability = strengths[Self.kinds[0]]
    if probability == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    guard rng.uniform() < probability else { return }
    let drawn = draw(channels: picture.channels, using: &rng)
    drawn.operation.apply(to: &picture, share: drawn.share, sign: drawn.sign)
  }

  /// Draws an operation and its strength, all alike.
  package func draw(
    channels: Int,
    using rng: inout SeededGenerator
  ) -> (operation: Operation, share: Double, sign: Double) {
    let operations = Operation.allCases.filter { channels == 3 || $0 != .saturation }
    let operation = operations[rng.index(below: operations.count)]
    let share = Double(rng.index(below: strengths)) / Double(strengths - 1)
    return (operation, share, rng.uniform() < 0.5 ? -1 : 1)
  }

  /// What can happen to a picture.
  package enum Operation: String, CaseIterable, Sendable {
    case nothing, shearAcross, shearDown, shiftAcross, shiftDown, rotation
    case brightness, saturation, contrast, sharpness
    case posterizing, solarizing, stretching, equalizing
  }
}

extension TrivialAugment.Operation {
  /// Changes a picture.
  ///
  /// - Parameters:
  ///   - picture: Values from 0 to 1, which they stay within.
  ///   - share: The strength as a share of the largest.
  ///   - sign: 1 or −1, for what can go two ways.
  package func apply(to picture: inout Picture, share: Double, sign: Double) {
    let amount = sign * share
    let factor = Float(1 + 0.99 * amount)
    switch self {
    case .nothing: break
    // A shear leaves the upper or left edge where it is; matrices count from the middle.
    case .shearAcross:
      let slant = 0.99 * amount
      picture.resample([1, slant, slant * Double(picture.rows) / 2, 0, 1, 0])
    case .shearDown:
      let slant = 0.99 * amount
      picture.resample([1, 0, 0, slant, 1, slant * Double(picture.columns) / 2])
    case .shiftAcross: picture.resample([1, 0, 32 * amount, 0, 1, 0])
    case .shiftDown: picture.resample([1, 0, 0, 0, 1, 32 * amount])
    case .rotation:
      let turn = Elementary.sineAndCosine(135 * amount * Double.pi / 180)
      picture.resample([turn.cosine, -turn.sine, 0, turn.sine, turn.cosine, 0])
    case .brightness: picture.blend(with: { _ in 0 }, factor: factor)
    case .saturation:
      let grey = picture.grey
      picture.blend(with: { [channels = picture.channels] in grey[$0 / channels] }, factor: factor)
    case .contrast:
      let grey = picture.grey
      let mean = grey.reduce(0, +) / Float(grey.count)
      picture.blend(with: { _ in mean }, factor: factor)
    case .sharpness:
      let smooth = picture.smooth
      picture.blend(with: { smooth[$0] }, factor: factor)
    case .posterizing:
      let step = 1 << Int((6 * share).rounded())
      picture.values = picture.values.map { Float(Picture.byte($0) / step * step) / 255 }
    case .solarizing:
      let threshold = Float(1 - share)
      picture.values = picture.values.map { $0 < threshold ? $0 : 1 - $0 }
    case .stretching: picture.mapChannels { $0.stretched }
    case .equalizing: picture.mapChannels { $0.equalized }
    }
  }
}

extension Picture {
  fileprivate static func byte(_ value: Float) -> Int {
    Int((min(max(value, 0), 1) * 255).rounded())
  }

  fileprivate mutating func resample(_ matrix: [Double]) {
    Affine.resample(&self, matrix: matrix.map { Float($0) })
  }

  /// Moves each value away from another picture's, or towards it where the factor is below 1.
  fileprivate mutating func blend(with other: (Int) -> Float, factor: Float) {
    for i in values.indices {
      values[i] = min(max(other(i) + (values[i] - other(i)) * factor, 0), 1)
    }
  }

  /// The brightness of each pixel as eyes see it.
  fileprivate var grey: [Float] {
    guard channels == 3 else { return values }
    return stride(from: 0, to: values.count, by: 3).map { i in
      0.299 * values[i] + 0.587 * values[i + 1] + 0.114 * values[i + 2]
    }
  }

  /// Each pixel averaged with its eight neighbours, itself with a weight of 5; the border stays.
  fileprivate var smooth: [Float] {
    var smooth = values
    let width = columns * channels
    guard rows > 2, columns > 2 else { return smooth }
    for y in 1..<rows - 1 {
      for i in y * width + channels..<(y + 1) * width - channels {
        var sum = 4 * values[i]
        for above in [i - width, i, i + width] {
          sum += values[above - channels] + values[above] + values[above + channels]
        }
        smooth[i] = sum / 13
      }
    }
    return smooth
  }

  /// Replaces the values of each channel.
  fileprivate mutating func mapChannels(_ change: ([Float]) -> [Float]) {
    for channel in 0..<channels {
      let indices = stride(from: channel, to: values.count, by: channels)
      for (index, value) in zip(indices, change(indices.map { values[$0] })) {
        values[index] = value
      }
    }
  }
}

extension [Float] {
  /// The darkest at 0 and the brightest at 1.
  fileprivate var stretched: [Float] {
    guard let low = self.min(), let high = self.max(), low < high else { return self }
    return map { ($0 - low) / (high - low) }
  }

  /// Bytes that all occur about equally often, from a table that is the running sum of their counts.
  fileprivate var equalized: [Float] {
    var counts = Swift.Array(repeating: 0, count: 256)
    let bytes = map(Picture.byte)
    for byte in bytes { counts[byte] += 1 }
    let step = (count - (counts.last { $0 > 0 } ?? 0)) / 255
    guard step > 0 else { return self }
    var sum = step / 2
    let table = counts.map { count in
      defer { sum += count }
      return Float(Swift.min(sum / step, 255)) / 255
    }
    return bytes.map { table[$0] }
  }
}
