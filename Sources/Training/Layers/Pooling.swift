import Kernels

/// Adaptive average pooling to a square of cells: makes images of any size features of one size.
///
/// Windows may overlap and differ in size, as those of `torch.nn.AdaptiveAvgPool2d` do.
package struct Pooling: Layer {
  private let input: Activation
  package let output: Activation

  /// Pools images to cells × cells pixels.
  package init(input: Activation, cells: Int) {
    self.input = input
    output = Activation(
      images: input.capacity,
      rows: cells,
      columns: cells,
      channels: input.realChannels
    )
  }

  package func forward(_ pass: Pass) {
    kernel_pool(
      input.value.pixels,
      Int32(pass.count),
      Int32(input.rows),
      Int32(input.columns),
      Int32(input.channels),
      Int32(output.rows),
      output.value.start
    )
  }

  package func backward(_ pass: Pass) {
    guard input.wantsGradient else { return }
    kernel_pool_gradient(
      output.gradient.start,
      Int32(pass.count),
      Int32(input.rows),
      Int32(input.columns),
      Int32(input.channels),
      Int32(output.rows),
      input.gradient.pixels
    )
  }
}

/// The largest value of each channel over the whole image, and then the mean of each: twice as many features as channels.
///
/// The gradient of a maximum goes to the first pixel that has it, row by row.
///
/// Reference: fastai's `AdaptiveConcatPool2d`, made of PyTorch's `AdaptiveMaxPool2d(1)` and `AdaptiveAvgPool2d(1)`.
package final class MaximumAndMean: Layer {
  private let input: Activation
  package let output: Activation
  /// The pixel with the largest value, image by image and channel by channel.
  private var places: [Int]

  /// Pools images to one pixel.
  package init(input: Activation) {
    self.input = input
    output = Activation(images: input.capacity, channels: 2 * input.realChannels)
    places = Array(repeating: 0, count: input.capacity * input.realChannels)
  }

  package func forward(_ pass: Pass) {
    let (channels, pixels) = (input.realChannels, input.rows * input.columns)
    for n in 0..<pass.count {
      let target = output.value.row(0, ofImage: n)
      for c in 0..<channels {
        target[c] = -.infinity
        target[channels + c] = 0
      }
      for pixel in 0..<pixels {
        let source = start(of: pixel, ofImage: n, in: input.value)
        for c in 0..<channels {
          target[channels + c] += source[c]
          guard source[c] > target[c] else { continue }
          target[c] = source[c]
          places[n * channels + c] = pixel
        }
      }
      for c in 0..<channels { target[channels + c] /= Float(pixels) }
    }
  }

  package func backward(_ pass: Pass) {
    guard input.wantsGradient else { return }
    let (channels, pixels) = (input.realChannels, input.rows * input.columns)
    for n in 0..<pass.count {
      let source = output.gradient.row(0, ofImage: n)
      for pixel in 0..<pixels {
        let target = start(of: pixel, ofImage: n, in: input.gradient)
        for c in 0..<input.channels {
          target[c] = c < channels ? source[channels + c] / Float(pixels) : 0
        }
      }
      for c in 0..<channels {
        start(of: places[n * channels + c], ofImage: n, in: input.gradient)[c] += source[c]
      }
    }
  }

  private func start(
    of pixel: Int,
    ofImage image: Int,
    in tensor: Tensor
  ) -> UnsafeMutablePointer<Float> {
    tensor.row(pixel / input.columns, ofImage: image) + pixel % input.columns * input.channels
  }
}
