import Foundation
import Notation
import Statistics
import Training

/// A network and a batch size whose training step is timed.
struct Workload {
  let model: Model
  let plan: Model.Plan
  /// The layers of a body that brings its own.
  let body: [NetworkDescription.Node]?
  /// Whether only forward passes in evaluation mode are timed, of as few images as pass together.
  let isFrozen: Bool
  let images: Int

  static let names = ["cnn28", "cnn32", "mlp", "lite64", "lite128", "lite224"]

  /// The workload of a name, `nil` for an unknown one.
  ///
  /// - Throws: `TrainingError` where a body is asked for that is not there.
  static func named(_ name: String) throws -> Workload? {
    switch name {
    case "cnn28": Workload(model: .cnn, side: 28, channels: 1, images: 64)
    case "cnn32": Workload(model: .cnn, side: 32, channels: 3, images: 128)
    case "mlp": Workload(model: .mlp, side: 28, channels: 1, images: 64, width: 256)
    case "lite64": try lite0(side: 64, images: 32)
    case "lite128": try lite0(side: 128, images: 2, isFrozen: true)
    case "lite224": try lite0(side: 224, images: 1, isFrozen: true)
    default: nil
    }
  }

  private static func lite0(side: Int, images: Int, isFrozen: Bool = false) throws -> Workload {
    Workload(
      model: .cnn,
      side: side,
      channels: 3,
      images: images,
      body: try Body.load(.named(.lite0))?.layers,
      isFrozen: isFrozen
    )
  }

  private init(
    model: Model,
    side: Int,
    channels: Int,
    images: Int,
    width: Int = 16,
    body: [NetworkDescription.Node]? = nil,
    isFrozen: Bool = false
  ) {
    self.model = model
    self.body = body
    self.isFrozen = isFrozen
    self.images = images
    var plan = Model.Plan(rows: side, columns: side, channels: channels, outputs: 10)
    plan.width = width
    if body != nil { plan.headKind = .linear }
    if model == .mlp {
      plan.depth = 1
      plan.hasBatchNorm = false
    }
    self.plan = plan
  }

  /// Processor seconds of training steps and of forward passes in evaluation mode, one by one.
  struct Times {
    var steps: [Double] = []
    var forwards: [Double] = []

    /// The times as one line of JSON.
    var line: String {
      "{\"step\":[\(Self.list(steps))],\"forward\":[\(Self.list(forwards))]}"
    }

    private static func list(_ numbers: [Double]) -> String {
      numbers.map { "\($0)" }.joined(separator: ",")
    }
  }

  /// Steps on one batch of noise, again and again, until the time is over.
  ///
  /// - Throws: Nothing that these settings give cause for.
  func measure(seconds: Double) throws -> Times {
    let description = model.description(plan, body: body)
    let network = Network(description, capacity: images, seed: 0)
    let settings = try TrainingSettings(["weight_decay": 0.05])
    let learner = Learner(network, loss: .softmaxCrossEntropy, settings: settings)
    learner.begin(settings.phases[0], stepsPerEpoch: 1000)
    var rng = SeededGenerator(purpose: "bench", seed: 0)
    for n in 0..<images {
      for y in 0..<plan.rows {
        let row = network.input.value.row(y, ofImage: n)
        for i in 0..<plan.columns * plan.channels { row[i] = Float(2 * rng.uniform() - 1) }
      }
    }
    var targets = [Float](repeating: 0, count: images * plan.outputs)
    for n in 0..<images { targets[n * plan.outputs + rng.index(below: plan.outputs)] = 1 }
    var times = Times()
    let end = wallSeconds() + seconds
    while wallSeconds() < end || times.forwards.count < 8 {
      if !isFrozen {
        times.steps.append(
          timed {
            let pass = Pass(count: images, mode: .training(step: learner.step))
            network.forward(pass)
            _ = learner.learn(pass, targets: targets, rate: 0.001)
          }
        )
      }
      // The weights of a frozen body stay packed.
      let isAgain = isFrozen && !times.forwards.isEmpty
      let pass = Pass(count: images, mode: .evaluation, hasSameWeights: isAgain)
      times.forwards.append(timed { network.forward(pass) })
    }
    // The first ones fault pages in.
    times.steps.removeFirst(min(3, times.steps.count))
    times.forwards.removeFirst(3)
    return times
  }

  private func timed(_ work: () -> Void) -> Double {
    let start = processorSeconds()
    work()
    return processorSeconds() - start
  }

  private func processorSeconds() -> Double { clock(CLOCK_THREAD_CPUTIME_ID) }

  private func wallSeconds() -> Double { clock(CLOCK_MONOTONIC) }

  private func clock(_ id: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(id, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
