import Foundation
import Testing
import Training

/// The numbers that Reference/make.py got from PyTorch.
struct TrainingReference: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let settings: [String: SettingValue]
    let losses: [Double]

    var testDescription: String { name }
  }

  struct Gradients: Decodable {
    let sample: Int
    let values: [String: [Float]]
  }

  struct SampledPicture: Decodable {
    let rows: Int
    let columns: Int
    let values: [Float]
    let matrix: [Float]
    let sampled: [Float]
  }

  let picture: SampledPicture
  let gradients: Gradients
  let statistics: [String: [Float]]
  let parameters: [String: [Float]]
  let cases: [Case]

  static func load() throws -> TrainingReference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "training.json")
    return try JSONDecoder().decode(TrainingReference.self, from: Data(contentsOf: file))
  }
}

/// ‖found − expected‖ / ‖expected‖ over all numbers together.
func relativeError(_ found: [Float], _ expected: [Float]) -> Double {
  var (difference, length) = (0.0, 0.0)
  for (a, b) in zip(found, expected) {
    difference += (Double(a) - Double(b)) * (Double(a) - Double(b))
    length += Double(b) * Double(b)
  }
  return (difference / length).squareRoot()
}
