import Testing
import Training

struct DatasetTests {
  @Test func `digits and letters ship whole`() throws {
    let digits = try Dataset.load(.bundled(.digits))
    #expect(digits.train.count == 2500)
    #expect(digits.valid.count == 1500)
    #expect((0..<10).allSatisfy { label in digits.train.labels.count { $0 == label } == 250 })
    let letters = try Dataset.load(.bundled(.letters))
    #expect(letters.train.count == 14066)
    #expect(letters.valid.count == 3510)
    #expect(letters.outputNames(for: .single).first == "A")
    #expect(letters.outputNames(for: .single).last == "Z")
  }

  @Test func `a subset keeps each class's share, and smaller subsets lie in larger ones`() throws {
    let digits = try Dataset.load(.bundled(.digits))
    let hundred = try digits.trainingIndices(100, seed: 3)
    #expect(hundred == hundred.sorted() && Set(hundred).count == 100)
    for label in 0..<10 {
      #expect(hundred.count { digits.train.labels[$0] == label } == 10)
    }
    #expect(try Set(hundred).isSubset(of: digits.trainingIndices(200, seed: 3)))
    #expect(try digits.trainingIndices(100, seed: 4) != hundred)
  }

  @Test func `places left over go to the largest remainders`() {
    let labels = Array(repeating: 0, count: 5) + Array(repeating: 1, count: 3) + [2, 2]
    let chosen = ExampleSet.stratified(labels, size: 5, purpose: "split", seed: 0)
    // Exact shares: 2.5, 1.5 and 1; the two halves go to class 0, the first of equals.
    #expect([0, 1, 2].map { label in chosen.count { labels[$0] == label } } == [3, 1, 1])
  }

  @Test func `normalization is the mean and deviation of the chosen images`() {
    let set = ExampleSet(
      rows: 1,
      columns: 2,
      channels: 1,
      pixels: Pixels([0, 255, 9, 9]),
      labels: [0, 1]
    )
    let normalization = Normalization(of: set, at: [0])
    #expect(normalization.mean == [0.5])
    #expect(normalization.deviation == [0.5])
    #expect(Normalization(of: set, at: [1]).deviation == [1])
  }

  @Test(arguments: [
    ([0, 0, 8, 1, 0, 0, 0, 3, 1, 2], "its header promises 3 bytes, but 2 follow"),
    ([1, 0, 8, 1, 0, 0, 0, 0], "it does not start as an IDX file does"),
    ([0, 0, 13, 1, 0, 0, 0, 0], "its numbers have type 13, not 8 (unsigned bytes)"),
    ([0, 0, 8, 3, 0, 0, 0, 0], "it has 3 dimensions, not 1"),
  ])
  func `a broken IDX file is refused with what was found`(bytes: [UInt8], reason: String) {
    #expect(throws: TrainingError.unreadableFile("labels", reason: reason)) {
      try IDX.read(bytes, dimensions: 1, name: "labels")
    }
  }
}
