import Foundation
import Notation
import Statistics
import Training

/// A network and a batch size whose training step is timed.
struct Workload {
  let model: Model
  let plan: Model.Plan
  let images: Int

  static let named: [String: Workload] = [
    "cnn28": Workload(model: .cnn, side: 28, channels: 1, images: 64),
    "cnn32": Workload(model: .cnn, side: 32, channels: 3, images: 128),
    "mlp": Workload(model: .mlp, side: 28, channels: 1, images: 64, width: 256),
  ]

  private init(model: Model, side: Int, channels: Int, images: Int, width: Int = 16) {
    self.model = model
    self.images = images
    var plan = Model.Plan(rows: side, columns: side, channels: channels, outputs: 10)
    plan.width = width
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
    let network = Network(model.description(plan), capacity: images, seed: 0)
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
    let evaluation = Pass(count: images, mode: .evaluation)
    var times = Times()
    let end = wallSeconds() + seconds
    while wallSeconds() < end || times.steps.count < 8 {
      times.steps.append(
        timed {
          let pass = Pass(count: images, mode: .training(step: learner.step))
          network.forward(pass)
          _ = learner.learn(pass, targets: targets, rate: 0.001)
        }
      )
      times.forwards.append(timed { network.forward(evaluation) })
    }
    // The first ones fault pages in.
    times.steps.removeFirst(3)
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
