import Charts
import Testing

/// One chart as a report would draw it, with the name of its golden file.
struct Sample: Sendable, CustomTestStringConvertible {
  let name: String
  let label: String
  let chart: any Chart

  var testDescription: String { name }

  /// Bins of statements that are correct as often as a line says, few of them at low confidence.
  private static func reliability(slope: Double) -> [ReliabilityDiagram.Bin] {
    (0..<10).map { bin in
      let confidence = (Double(bin) + 0.55) / 10
      let correct = 0.08 + slope * confidence
      let count = bin < 2 ? bin : 20 + bin * bin * bin * 2
      let half = 0.8 / Double(max(count, 1)).squareRoot()
      return .init(
        edges: Span(lower: Double(bin) / 10, upper: Double(bin + 1) / 10),
        meanConfidence: confidence,
        shareCorrect: correct,
        interval: Span(lower: max(0, correct - half), upper: min(1, correct + half)),
        count: count
      )
    }
  }

  /// Every kind of chart at least once.
  static let all: [Sample] = [
    Sample(
      name: "forest",
      label: "Change of accuracy: tuning +7.2 points, dropout −0.4, weight decay +0.8",
      chart: ForestChart(
        rows: [
          .init(
            label: "tuning head → full",
            group: group(7.2, 0.6),
            outcome: "up +7.2 (6.6 to 7.8)"
          ),
          .init(
            label: "augmentation none → strong",
            group: group(4.7, 0.4),
            outcome: "up +4.7 (4.3 to 5.1)"
          ),
          .init(
            label: "weight decay 0 → 0.05",
            group: group(0.8, 0.6),
            outcome: "not settled, leaning up"
          ),
          .init(
            label: "dropout 0 → 0.5",
            group: group(-0.4, 0.3),
            outcome: "none −0.4, a real but negligible decrease"
          ),
          .init(
            label: "batch size 32 → 512",
            group: group(-3.1, 14),
            outcome: "not settled, 2 seeds failed"
          ),
          .init(label: "optimizer sgd → muon", group: Group(mean: nil), outcome: "no pairs"),
        ],
        delta: 1,
        xLabel: "change of accuracy, points"
      )
    ),
    Sample(
      name: "slopes",
      label: "Accuracy rises in all 5 seeds, from 88.4 to 93.1 %",
      chart: PairedSlopes(
        from: "augmentation none",
        to: "augmentation strong",
        pairs: [
          .init(label: "seed 1", from: 88.1, to: 93.4),
          .init(label: "seed 2", from: 89.0, to: 93.0),
          .init(label: "seed 3", from: 87.6, to: 92.8),
          .init(label: "seed 4", from: 88.9, to: 93.2),
          .init(label: "seed 5", from: 88.4, to: 93.1),
        ],
        mean: .init(label: "mean", from: 88.4, to: 93.1),
        yLabel: "accuracy, %"
      )
    ),
    Sample(
      name: "interaction",
      label: "Augmentation helps full tuning by 5 points and the head by 1",
      chart: InteractionPlot(
        levels: ["none", "light", "strong"],
        lines: [
          .init(label: "full", groups: [group(88.4, 0.7), group(91.8, 0.5), group(93.3, 0.4)]),
          .init(
            label: "last block",
            groups: [group(88.1, 0.6), group(90.2, 0.6), group(91.0, 0.9)]
          ),
          .init(label: "head", groups: [group(84.9, 0.5), group(85.6, 0.4), group(85.8, 0.6)]),
        ],
        xLabel: "augmentation",
        yLabel: "accuracy, %"
      )
    ),
    Sample(
      name: "curves",
      label: "Training loss falls to 0.02 while validation loss rises from epoch 12",
      chart: LearningCurves(
        panels: [panel("", overfit: 1)],
        xLabel: "epoch",
        yLabel: "loss, nats"
      )
    ),
    Sample(
      name: "curves-panels",
      label: "Validation loss rises without augmentation and stays with it",
      chart: LearningCurves(
        panels: [
          panel("augmentation none, dropout 0", overfit: 1),
          panel("augmentation none, dropout 0.5", overfit: 0.6),
          panel("augmentation strong, dropout 0", overfit: 0.25),
          panel("augmentation strong, dropout 0.5", overfit: 0.1),
          panel("augmentation strong, dropout 0.5, weight decay 0.05", overfit: 0.05),
        ],
        xLabel: "epoch",
        yLabel: "loss, nats",
        isLogarithmic: true
      )
    ),
    Sample(
      name: "gap",
      label: "The gap between training and validation accuracy is 11.4 points without augmentation",
      chart: GapBars(
        rows: [
          .init(
            label: "augmentation none",
            train: group(99.8, 0.1),
            valid: group(88.4, 0.7),
            gap: "11.4 ± 0.7"
          ),
          .init(
            label: "augmentation light",
            train: group(98.1, 0.3),
            valid: group(91.8, 0.5),
            gap: "6.3 ± 0.5"
          ),
          .init(
            label: "augmentation strong",
            train: group(95.0, 0.5),
            valid: group(93.3, 0.4),
            gap: "1.7 ± 0.6"
          ),
        ],
        xLabel: "accuracy, %"
      )
    ),
    Sample(
      name: "heat",
      label: "Accuracy is highest, 93.3 %, with strong augmentation and full tuning",
      chart: HeatMap(
        rows: ["head", "last block", "full"],
        columns: ["none", "light", "strong"],
        cells: [
          [.init(value: 84.9, halfWidth: 0.5), .init(value: 85.6, halfWidth: 0.4), nil],
          [
            .init(value: 88.1, halfWidth: 0.6), .init(value: 90.2, halfWidth: 0.6),
            .init(value: 91.0, halfWidth: 0.9),
          ],
          [
            .init(value: 88.4, halfWidth: 0.7), .init(value: 91.8, halfWidth: 0.5),
            .init(value: 93.3, halfWidth: 0.4),
          ],
        ],
        rowTitle: "tuning",
        columnTitle: "augmentation",
        valueLabel: "accuracy, %"
      )
    ),
    Sample(
      name: "heat-diverging",
      label: "The effect of dropout changes its sign between the sizes of the data",
      chart: HeatMap(
        rows: ["0.2", "0.5"],
        columns: ["50 examples", "200 examples", "1,000 examples", "5,000 examples"],
        cells: [
          [
            .init(value: 2.4, halfWidth: 0.8), .init(value: 1.1, halfWidth: 0.5),
            .init(value: 0.2, halfWidth: 0.3), .init(value: -0.3, halfWidth: 0.2),
          ],
          [
            .init(value: 1.9, halfWidth: 0.9), .init(value: 0.4, halfWidth: 0.6),
            .init(value: -0.9, halfWidth: 0.4), .init(value: -2.2, halfWidth: 0.3),
          ],
        ],
        rowTitle: "dropout",
        columnTitle: "training examples",
        valueLabel: "change of accuracy, points",
        shading: .diverging(around: 0)
      )
    ),
    Sample(
      name: "dose",
      label: "Accuracy grows with the rate up to 0.01 and falls after it",
      chart: DoseResponse(
        levels: [
          .init(label: "0.0001", position: -4, group: group(71.2, 1.9)),
          .init(label: "0.001", position: -3, group: group(87.9, 0.8)),
          .init(label: "0.003", position: -2.52, group: group(91.2, 0.5)),
          .init(label: "0.01", position: -2, group: group(93.0, 0.4)),
          .init(label: "0.1", position: -1, group: group(84.1, 3.2)),
        ],
        baseline: .init(label: "baseline 86.5", value: 86.5),
        xLabel: "learning rate, logarithmic",
        yLabel: "accuracy, %"
      )
    ),
    Sample(
      name: "reliability",
      label: "Statements made with 95 % confidence were correct in 81 % of cases",
      chart: ReliabilityDiagram(series: [
        .init(name: "statements", bins: reliability(slope: 0.78))
      ])
    ),
    Sample(
      name: "reliability-two",
      label: "With weight decay statements are correct more often than they are confident",
      chart: ReliabilityDiagram(series: [
        .init(name: "baseline", bins: reliability(slope: 0.7)),
        .init(name: "weight decay 3", bins: reliability(slope: 0.92)),
      ])
    ),
    Sample(
      name: "forest-ratios",
      label: "Change of the loss as a factor: tuning ×9.5, dropout ×0.6",
      chart: ForestChart(
        rows: [
          .init(
            label: "tuning full → head",
            group: Group(mean: 9.5, interval: Span(lower: 6.6, upper: 13.8), dots: [8.1, 9.9, 11]),
            outcome: "×9.5 up"
          ),
          .init(
            label: "dropout 0 → 0.5",
            group: Group(mean: 0.6, interval: Span(lower: 0.4, upper: 0.9), dots: [0.5, 0.6, 0.7]),
            outcome: "×0.6 down"
          ),
        ],
        delta: 1.25,
        xLabel: "change of the loss, as a factor",
        unit: .ratio
      )
    ),
    Sample(
      name: "dose-far",
      label: "The loss is lowest at 1; at 30 it is 0.95",
      chart: DoseResponse(
        levels: [
          .init(label: "0", group: group(0.208, 0.01)),
          .init(label: "1", group: group(0.193, 0.008)),
          .init(label: "3", group: group(0.217, 0.007)),
          .init(label: "10", group: group(0.38, 0.02), isFar: true),
          .init(label: "30", group: group(0.956, 0.05), isFar: true),
        ],
        xLabel: "weight decay",
        yLabel: "loss"
      )
    ),
    Sample(
      name: "work-stacked",
      label: "Reused features and resumed runs saved 52 of 64 minutes",
      chart: WorkBars(
        parts: ["done", "saved"],
        rows: [
          .init(label: "features of the body", values: [1.5, 42], texts: ["1.5 min", "42 min"]),
          .init(label: "runs resumed", values: [8, 10], texts: ["8 min", "10 min"]),
          .init(label: "data read", values: [2.5, 0], texts: ["2.5 min", "none"]),
        ],
        arrangement: .stacked,
        xLabel: "time, minutes"
      )
    ),
    Sample(
      name: "work-paired",
      label: "The sweep took 13.5 minutes; 12 were estimated",
      chart: WorkBars(
        parts: ["taken", "estimated"],
        rows: [
          .init(label: "whole sweep", values: [13.5, 12], texts: ["13.5 min", "12 min"]),
          .init(label: "longest run", values: [1.2, 1.4], texts: ["1.2 min", "1.4 min"]),
        ],
        arrangement: .paired,
        xLabel: "time, minutes"
      )
    ),
    Sample(
      name: "votes",
      label: "14 voted up, 3 none, 7 down",
      chart: VoteHistogram(down: 7, none: 3, up: 14)
    ),
    Sample(
      name: "small-curve",
      label: "The loss falls from 1.2 to 0.42 in 20 epochs",
      chart: SmallCurve(
        seeds: [[1.1, 0.6, 0.5, 0.44, 0.4], [1.3, 0.7, 0.46, 0.42, 0.44]].map(epochs),
        mean: epochs([1.2, 0.65, 0.48, 0.43, 0.42]),
        xLabel: "epoch"
      )
    ),
    Sample(
      name: "swarm",
      label: "24 predictions before the answer",
      chart: PredictionSwarm(rows: answers, predictions: predictions(isAnswered: false))
    ),
    Sample(
      name: "swarm-answered",
      label: "Up came true: 14 of 24 predictions were right",
      chart: PredictionSwarm(rows: answers, predictions: predictions(isAnswered: true), outcome: 0)
    ),
    Sample(
      name: "augmented",
      label: "Eight letters under each level of augmentation",
      chart: ImageGrid(
        rows: ["none", "light", "strong"].enumerated().map { row, level in
          .init(label: level, images: (0..<8).map { letter($0, turned: row * 2) })
        },
        columns: (1...8).map { "letter \($0)" }
      )
    ),
    Sample(
      name: "filters",
      label: "The 16 filters of the first layer",
      chart: ImageGrid(rows: [.init(label: "", images: (0..<16).map(filter))])
    ),
    Sample(
      name: "fit",
      label: "Five hidden units follow the curve, fifty follow the noise",
      chart: FitChart(
        panels: [(1, "hidden 2"), (3, "hidden 5"), (9, "hidden 50")].map { wiggle, title in
          .init(
            title: title,
            fits: (0..<4).map { seed in
              (0...80).map { step in
                let x = Double(step) / 40 - 1
                let edge = 1 + 3 * x * x * x * x * x * x
                let bend = wave(x * Double(wiggle) / 2 + 0.2 * noise(seed))
                let trend = wiggle > 1 ? curve(x) : 0.6 * x
                return Point(x: x, y: trend + edge * 0.2 * bend + 0.1 * noise(seed + wiggle))
              }
            }
          )
        },
        data: (0..<24).map { index in
          let x = 2 * noise(7 * index)
          return Point(x: x, y: curve(x) + 0.5 * noise(index))
        },
        truth: (0...80).map { Point(x: Double($0) / 40 - 1, y: curve(Double($0) / 40 - 1)) }
      )
    ),
    Sample(
      name: "fit-kinks",
      label: "Three straight pieces, and one",
      chart: FitChart(
        panels: [
          .init(
            title: "relu",
            fits: [
              [Point(x: 0, y: 0.6), Point(x: 1, y: 1.4), Point(x: 3, y: 0.8), Point(x: 4, y: 1.5)]
            ],
            kinks: [Point(x: 1, y: 1.4), Point(x: 3, y: 0.8)]
          ), .init(title: "none", fits: [[Point(x: 0, y: 0.5), Point(x: 4, y: 2.5)]]),
        ],
        data: (0..<9).map { Point(x: Double($0) / 2, y: 1 + noise($0)) },
        truth: []
      )
    ),
    Sample(
      name: "curves-marked",
      label: "Two seeds stop at epochs 4 and 6",
      chart: LearningCurves(
        panels: [
          LearningCurves.Panel(
            title: "early stopping 3",
            series: [
              LearningCurves.Series(
                name: "valid loss",
                seeds: [0, 1].map { seed in
                  (1...8).map { epoch in
                    let distance = Double(epoch - 4 - 2 * seed)
                    return Point(x: Double(epoch), y: 0.4 + 0.02 * distance * distance)
                  }
                }
              )
            ],
            marks: [Point(x: 4, y: 0.4), Point(x: 6, y: 0.4)]
          )
        ],
        xLabel: "epoch",
        yLabel: "loss"
      )
    ),
  ]

  /// Five seeds around a mean with an interval of a given half-width.
  static func group(_ mean: Double, _ half: Double) -> Group {
    Group(
      mean: mean,
      interval: Span(lower: mean - half, upper: mean + half),
      dots: (0..<5).map { mean + (min(half, 2) * 1.6) * noise($0 + Int(mean * 10)) }
    )
  }

  /// Values between −½ and ½ that look like chance and are none.
  static func noise(_ index: Int) -> Double {
    let value = Double(index) * 0.618_033_988_75
    return value - value.rounded(.down) - 0.5
  }

  /// A triangle wave of period 1 between −1 and 1, smoothed by its square.
  static func wave(_ x: Double) -> Double {
    let phase = x - x.rounded(.down)
    let half = phase < 0.5 ? phase : phase - 0.5
    return (phase < 0.5 ? 1 : -1) * (half * (0.5 - half) * 16)
  }

  static func curve(_ x: Double) -> Double { wave(0.45 * x) }

  private static func panel(_ title: String, overfit: Double) -> LearningCurves.Panel {
    func line(_ seed: Int, _ value: (Double) -> Double) -> [Point] {
      (1...30).map { epoch in
        let level = value(Double(epoch))
        return Point(x: Double(epoch), y: level * (1 + 0.16 * noise(seed * 31 + epoch * seed)))
      }
    }
    func train(_ epoch: Double) -> Double { 2.2 / (1 + 0.4 * epoch * overfit + 0.3 * epoch) }
    func valid(_ epoch: Double) -> Double { 0.35 + 1.6 / epoch + 0.03 * overfit * epoch }
    return LearningCurves.Panel(
      title: title,
      series: [("train loss", train), ("valid loss", valid)].map { name, value in
        LearningCurves.Series(
          name: name,
          seeds: (1...5).map { line($0, value) },
          mean: (1...30).map { Point(x: Double($0), y: value(Double($0))) },
          lower: (1...30).map { Point(x: Double($0), y: 0.92 * value(Double($0))) },
          upper: (1...30).map { Point(x: Double($0), y: 1.08 * value(Double($0))) }
        )
      }
    )
  }

  private static let answers = ["↑ up", "none", "↓ down"]

  /// Values at every fifth epoch.
  private static func epochs(_ values: [Double]) -> [Point] {
    values.enumerated().map { Point(x: Double($0 * 5), y: $1) }
  }

  private static func predictions(isAnswered: Bool) -> [PredictionSwarm.Prediction] {
    (0..<24).map { index in
      let row = index < 14 ? 0 : index < 17 ? 1 : 2
      let confidence = Double([60, 70, 80, 80, 90, 75, 95][index % 7])
      let isRight: Bool? = isAnswered && index != 20 ? row == 0 : nil
      return .init(row: row, confidence: confidence, isRight: isRight)
    }
  }

  /// A bright bar on black, turned with the index.
  private static func letter(_ index: Int, turned: Int) -> Picture {
    let slope = Double(index - 4 + turned) / 6
    let pixels = (0..<784).map { pixel -> UInt8 in
      let (row, column) = (Double(pixel / 28) - 13.5, Double(pixel % 28) - 13.5)
      let distance = (column - slope * row).magnitude
      return row.magnitude > 10 ? 0 : UInt8(max(0, min(255, 400 - 120 * distance)))
    }
    return picture(28, 28, pixels)
  }

  private static func filter(_ index: Int) -> Picture {
    let pixels = (0..<25).flatMap { pixel -> [UInt8] in
      let value = wave(Double(pixel % 5 * (index % 4) + pixel / 5 * (index / 4)) / 8)
      return [UInt8(128 + 120 * value), UInt8(128 + 60 * value), UInt8(128 - 100 * value)]
    }
    return picture(5, 5, pixels)
  }

  private static func picture(_ width: Int, _ height: Int, _ pixels: [UInt8]) -> Picture {
    guard let picture = Picture(width: width, height: height, pixels: pixels) else {
      preconditionFailure("\(pixels.count) values are no image of \(width) × \(height)")
    }
    return picture
  }
}
