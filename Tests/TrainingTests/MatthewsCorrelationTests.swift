import Foundation
import Statistics
import Testing
import Training

/// Against scikit-learn's numbers, which Reference/mcc.py made.
struct MatthewsCorrelationTests {
  struct Case: Decodable, CustomTestStringConvertible, Sendable {
    let name: String
    let classes: Int
    let labels: [Int]
    let answers: [Int]
    let mcc: Double

    var testDescription: String { name }
  }

  private static func cases() throws -> [Case] {
    struct Reference: Decodable { let cases: [Case] }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "mcc.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file)).cases
  }

  @Test(arguments: try cases())
  func `the correlation is scikit-learn's`(reference: Case) throws {
    let logits = reference.answers.flatMap { answer in
      (0..<reference.classes).map { $0 == answer ? Float(1) : 0 }
    }
    let measured = Classification(
      logits: logits,
      labels: reference.labels,
      classes: reference.classes
    )
    let metric = try #require(ClassificationMetrics.all.first { $0.description.name == "mcc" })
    // Sums of whole numbers are exact in both; the quotient differs in its last bits.
    #expect(abs(metric.value(measured) - reference.mcc) < 1e-12)
  }
}
