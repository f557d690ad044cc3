import Charts
import Foundation
import Notation
import Reports
import Statistics
import Storage
import Sweeps

/// A sweep of hostile names with curves, reliability bins, pictures and predictions: a figure of every kind.
let drawnSpec = """
  {
    "name": "<drawn> & \\"quoted\\"",
    "question": "What does </style> do to שלום?",
    "command": ["train", "{dropout}", "{<b>tuning}"],
    "axes": {
      "dropout": [0, 0.25, 0.5],
      "<b>tuning": ["full", "\\"head\\"\\n| =1+1"]
    },
    "seeds": 4,
    "metrics": {
      "valid_loss": { "better": "lower", "delta": 0.02 },
      "accuracy": { "better": "higher", "delta": 0.005, "show": "points" },
      "train_loss": { "better": "none", "delta": 0.25, "scale": "log" }
    },
    "questions": [
      { "id": "dropout", "factor": "dropout", "from": 0, "to": 0.5, "metric": "valid_loss",
        "at": { "<b>tuning": "full" }, "ask": "We add dropout <i>everywhere</i>. The validation loss ..." }
    ],
    "textbook": [
      { "question": "dropout", "direction": "up", "confidence_pct": 65, "premise": "any",
        "source": "a <book>", "fails_when": ["F1"] }
    ]
  }
  """

/// The evidence of the drawn sweep.
func drawnEvidence() throws -> Evidence {
  let spec = try spec(drawnSpec)
  return Evidence(
    spec: spec,
    records: drawnRecords(of: spec),
    planned: 24,
    excludedCells: 0,
    provenance: [],
    predictions: try predictions(on: spec),
    pictures: pictures
  )
}

/// Finished runs whose numbers a formula makes, one seed of them failed in one cell.
private func drawnRecords(of spec: Spec) -> [Record] {
  spec.seeds.flatMap { seed in
    spec.axes[0].levels.enumerated().flatMap { dose, dropout in
      spec.axes[1].levels.enumerated().map { part, tuning in
        let run = Run(
          id: String(format: "%016x", seed * 100 + dose * 10 + part),
          seed: seed,
          levels: [dropout.text, tuning.text],
          settings: JSONObject()
        )
        let failed = seed == 3 && dose == 2 && part == 1
        return Record(
          run: run,
          attempt: 1,
          outcome: failed ? .failed(.exit(code: 3)) : .finished,
          measurements: failed ? Measurements() : drawn(seed: seed, dose: dose, part: part),
          lastLines: failed ? ["Traceback: </pre><script>alert(1)</script>"] : [],
          started: Date(timeIntervalSince1970: 1_770_000_000),
          duration: .milliseconds(1500 + 250 * dose)
        )
      }
    }
  }
}

private func drawn(seed: Int, dose: Int, part: Int) -> Measurements {
  let luck = Double((seed * 7 + dose * 3 + part * 5) % 11) / 1000
  let (dropout, head) = (Double(dose) / 4, Double(part))
  var measurements = Measurements()
  measurements.final = [
    "valid_loss": 0.3 - 0.2 * dropout + 0.03 * head + luck + 0.05 * dropout * head,
    "accuracy": 0.94 + 0.01 * dropout - 0.005 * head - luck / 2,
    "train_loss": 0.002 * (1 + 8 * dropout) * (1 + head) + luck / 10,
    "shared_features": head * 400,
  ]
  measurements.curve = (1...5).map { epoch in
    let progress = Double(epoch) / 5
    return CurvePoint(
      unit: .epoch,
      position: Double(epoch),
      metrics: [
        "train_loss": 0.5 * (1.02 - progress) * (1 + dropout) + luck,
        "valid_loss": 0.3 + 0.3 * (progress - 0.6) * (progress - 0.6) - 0.2 * dropout + luck,
      ]
    )
  }
  measurements.texts["reliability"] = "[[0,0,0],[\(10 + seed),5,4.8],[80,\(70 + dose),71.5]]"
  return measurements
}

private func predictions(on spec: Spec) throws -> PredictionStanding {
  var chain = PredictionChain(opening: spec, at: Date(timeIntervalSince1970: 1_769_000_000))
  let said: [(String, Int, Direction, Int?)] = [
    ("<script>otter", 1, .up, 85), ("heron", 1, .down, 65), ("שלום", 1, .down, 45),
    ("newt", 1, .none, nil), ("heron", 2, .down, 85), ("newt", 2, .down, 65),
  ]
  for (who, round, direction, confidence) in said {
    chain.append(
      Prediction(
        who: who,
        round: round,
        asked: spec.questions[0],
        direction: direction,
        confidencePercent: confidence,
        rationale: "because"
      ),
      nonce: String(repeating: "0", count: 32),
      at: Date(timeIntervalSince1970: 1_769_000_001)
    )
  }
  return try PredictionStanding(chain, heads: [], firstResult: nil, spec: spec)
}

/// Two small images, filters and fits.
private let pictures = Pictures(
  sheets: ["none", "<strong>"].enumerated().map { place, level in
    Pictures.Sheet(
      level: level,
      images: (0..<3).compactMap { number in
        Picture(
          width: 4,
          height: 4,
          pixels: (0..<16).map { UInt8(($0 * (number + 2) + place) * 7 % 256) }
        )
      }
    )
  },
  filters: ["before", "after"].enumerated().map { place, network in
    Pictures.Filters(
      network: network,
      images: (0..<3).compactMap { number in
        Picture(width: 3, height: 3, pixels: (0..<9).map { UInt8(($0 + number + 2 * place) * 20) })
      }
    )
  },
  fits: Pictures.Fits(
    data: (0..<8).map { Point(x: Double($0) / 8, y: Double($0 * $0 % 5) / 5) },
    truth: (0..<5).map { Point(x: Double($0) / 4, y: Double($0) / 4) },
    cells: [
      Pictures.Fits.Cell(
        name: "baseline",
        curve: (0..<5).map { Point(x: Double($0) / 4, y: Double($0) / 5) },
        kinks: [Point(x: 0.5, y: 0.4)]
      )
    ]
  ),
  mixtures: (1...2).compactMap { number in
    let images = (0..<3).compactMap { shift in
      Picture(width: 3, height: 3, pixels: (0..<9).map { UInt8(($0 * number + shift) * 9) })
    }
    return images.count == 3
      ? Pictures.Mixture(
        image: images[0],
        partner: images[1],
        blend: images[2],
        share: 1 - 0.2 * Double(number)
      ) : nil
  }
)
