import Execution
import Foundation
import Notation
import Statistics
import Sweeps
import Testing

/// Each rule with numbers that have the fault, and with numbers that have not.
struct FindingTests {
  private let accuracy = Metric(name: "accuracy", delta: 0.005, better: .higher)

  @Test func `a cell that differs when it is repeated is fatal`() {
    #expect(Finding.repetition(["loss": 0.1], ["loss": 0.1.nextUp])?.isFatal == true)
    #expect(Finding.repetition(["loss": 0.1], [:])?.isFatal == true)
    #expect(Finding.repetition(["loss": .nan], ["loss": .nan]) == nil)
    #expect(Finding.repetition(["loss": 0.1], ["loss": 0.1]) == nil)
  }

  @Test func `levels that all give the same are fatal`() {
    #expect(Finding.effect(of: "x", [["a": 1], ["a": 1], ["a": 1]])?.kind == .noEffect)
    #expect(Finding.effect(of: "x", [["a": 1], ["a": 1], ["a": 2]]) == nil)
    #expect(Finding.effect(of: "x", [["a": 1], ["a": 1, "b": 2]]) == nil)
    #expect(Finding.effect(of: "x", [["a": 1]]) == nil)
  }

  @Test func `levels that are the same thing are named`() {
    let finding = Finding.sameLevels(["adam", "adamw"], of: "optimizer")
    #expect(!finding.isFatal && finding.kind == .sameLevels)
    #expect(finding.sentence.hasPrefix("Levels 'adam' and 'adamw' of 'optimizer' gave identical"))
  }

  @Test func `files that are left out and pictures on both sides are listed, the first fifty`()
    throws
  {
    #expect(Finding.leftOut(0, [], of: "photos") == nil)
    #expect(Finding.nearDuplicates([], of: "photos") == nil)
    let one = try #require(Finding.leftOut(1, ["a/1.png: it is cut short"], of: "photos"))
    #expect(
      one.sentence
        == "1 file in 'photos' cannot be used and is left out:\n    a/1.png: it is cut short"
    )
    let many = try #require(Finding.nearDuplicates((1...60).map { "\($0)" }, of: "photos"))
    #expect(many.sentence.hasSuffix("    50\n    ... and 10 more") && !many.isFatal)
  }

  @Test func `a setting that changes nothing is told`() {
    #expect(Finding.reading(of: "x", ["a": 1], default: ["a": 1])?.kind == .neverRead)
    #expect(Finding.reading(of: "x", ["a": 1], default: ["a": 2]) == nil)
  }

  @Test func `the first loss is near the logarithm of the number of classes`() {
    #expect(Finding.initialLoss(9, logClasses: log(10))?.kind == .initialLoss)
    #expect(Finding.initialLoss(0.1, logClasses: log(10)) != nil)
    #expect(Finding.initialLoss(2.5, logClasses: log(10)) == nil)
  }

  @Test func `a small batch must be learned by heart`() {
    #expect(Finding.smallBatch(trainLoss: 2.1, images: 16)?.isFatal == true)
    #expect(Finding.smallBatch(trainLoss: .nan, images: 16)?.isFatal == true)
    #expect(Finding.smallBatch(trainLoss: 0.001, images: 16) == nil)
  }

  @Test func `an overlap is told, and is fatal above one in a hundred`() {
    #expect(Finding.overlap(0, of: 1500) == nil)
    #expect(Finding.overlap(1, of: 1500)?.isFatal == false)
    #expect(Finding.overlap(100, of: 1500)?.isFatal == true)
  }

  @Test func `the premise needs accuracy on the training set and a gap`() {
    #expect(Finding.premise(trainAccuracy: 1, gap: 0.25, isAsked: true) == nil)
    #expect(Finding.premise(trainAccuracy: 1, gap: 0.01, isAsked: true)?.kind == .premise)
    let finding = Finding.premise(trainAccuracy: 0.9, gap: 0.25, isAsked: true)
    #expect(finding?.sentence.contains("textbook") == true)
  }

  @Test func `head-room is what the change that matters needs`() {
    #expect(Finding.headroom(accuracy, baseline: 0.998)?.isFatal == true)
    #expect(Finding.headroom(accuracy, baseline: 0.94) == nil)
    let loss = Metric(name: "loss", delta: 0.02, better: .lower)
    #expect(Finding.headroom(loss, baseline: 0.999) == nil)
  }

  @Test func `a learning rate is judged against its neighbours`() {
    let others = [(rate: 0.0003, loss: 0.4), (rate: 0.03, loss: 0.01)]
    #expect(Finding.learningRate(0.003, loss: 0.9, others: others)?.kind == .learningRate)
    #expect(Finding.learningRate(0.003, loss: 0.015, others: others) == nil)
    #expect(Finding.learningRate(0.003, loss: 0.9, others: []) == nil)
  }

  @Test func `weight decay is judged by its sum over the run`() {
    #expect(Finding.shrink(level: "0.01", total: 0.03)?.kind == .shrink)
    #expect(Finding.shrink(level: "3", total: 0.9) == nil)
    #expect(Finding.shrink(level: "0", total: 0) == nil)
  }

  @Test func `a validation set must tell the change that matters`() {
    #expect(Finding.validationSet(accuracy, value: 0.9, images: 100)?.isFatal == true)
    #expect(Finding.validationSet(accuracy, value: 0.94, images: 1500)?.isFatal == false)
    #expect(Finding.validationSet(accuracy, value: 0.94, images: 100_000) == nil)
  }

  @Test func `what is always a finding says so`() {
    #expect(Finding.unmeasured("f1").isFatal)
    #expect(Finding.flips("mirror", dataset: "digits", isAsked: false).isFatal)
    #expect(!Finding.flips("mirror", dataset: "digits", isAsked: true).isFatal)
    #expect(Finding.divergence("the loss is nan", of: "The baseline").isFatal)
  }
}
