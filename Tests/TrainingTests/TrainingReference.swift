import Foundation
import Notation
import Testing
import Training

/// The numbers that Reference/make.py got from PyTorch.
struct TrainingReference: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let settings: JSONObject
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

extension JSONObject: Decodable {
  /// A value as reference files have them.
  private enum Scalar: Decodable {
    case boolean(Bool)
    case number(Double)
    case word(String)
    case object(JSONObject)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let truth = try? container.decode(Bool.self) {
        self = .boolean(truth)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let word = try? container.decode(String.self) {
        self = .word(word)
      } else {
        self = .object(try container.decode(JSONObject.self))
      }
    }

    var json: JSON {
      switch self {
      case .boolean(let truth): .boolean(truth)
      case .number(let number): .number(JSONNumber(number))
      case .word(let word): .string(word)
      case .object(let object): .object(object)
      }
    }
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.singleValueContainer().decode(Dictionary<String, Scalar>.self)
    self.init(values.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: $0.value.json) })
  }
}
