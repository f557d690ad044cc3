import Statistics
import Sweeps

/// The words of the subject, each with a definition of one sentence that a page opens on a click.
enum Glossary {
  struct Term {
    let name: String
    let definition: String
    /// How it stands in questions and in the names of settings and metrics, in small letters.
    let forms: [String]

    init(_ name: String, _ forms: [String], _ definition: String) {
      self.name = name
      self.forms = forms
      self.definition = definition
    }
  }

  static let delta = Term(
    "δ",
    [],
    "The smallest change that matters, agreed on before the runs: whatever is smaller counts as “stays”."
  )

  static let all: [Term] = [
    Term(
      "validation loss",
      ["validation loss", "valid loss"],
      "How wrong the network is, on average, about images that it never learned from, and how sure of it: lower is better."
    ),
    Term(
      "training loss",
      ["training loss", "train loss", "loss on the", "training images"],
      "The same average on the images that it learns from: it can fall to nothing by learning them by heart."
    ),
    Term(
      "gap",
      ["gap"],
      "Validation loss minus training loss: how much worse the network does on what it has not seen."
    ),
    Term(
      "over-confidence",
      ["overconfidence", "over confidence", "mean confidence", "over confident"],
      "Mean confidence minus accuracy: above zero, the network is surer than it is right."
    ),
    Term(
      "accuracy",
      ["accuracy"],
      "The share of images for which the network's first choice is right."
    ),
    Term(
      "augmentation",
      ["augmentation", "augment", "turn and shift"],
      "Each image is changed a little at random (turned, shifted) every time the network sees it."
    ),
    Term(
      "weight decay",
      ["weight decay"],
      "Every step pulls all weights a little towards zero, so that only what the data insist on stays large."
    ),
    Term(
      "dropout",
      ["dropout"],
      "While it trains, a random part of the numbers inside the network is set to zero, so that none can be relied on alone."
    ),
    Term(
      "head",
      ["head"],
      "The last layers, which are new and turn what the body sees into one of the classes."
    ),
    Term(
      "body",
      ["body", "frozen", "freeze"],
      "The first layers, which bring along what they learned on other images; frozen means that they learn no more."
    ),
    Term(
      "fine-tuning",
      ["fine tuning", "unfreeze", "unfreezing", "tuning"],
      "Training the body too, and not the head alone, from where it was."
    ),
    Term(
      "label noise",
      ["label noise"],
      "A share of the training images carries a wrong label on purpose."
    ),
    Term(
      "mixup",
      ["mixup"],
      "The network learns from blends of two images, with the answer blended alike."
    ),
    Term(
      "label smoothing",
      ["label smoothing"],
      "The network is asked to be nearly sure of the right answer, never quite."
    ),
    Term(
      "learning rate",
      ["learning rate"],
      "How far each step moves the weights."
    ),
    Term("epoch", ["epoch", "epochs"], "One pass over all training images."),
    Term(
      "ensemble",
      ["tta", "test time augmentation"],
      "The answer is the mean of several looks at changed copies of the image."
    ),
  ]

  static let general: [Term] = [
    Term(
      "baseline",
      [],
      "The networks with none of today's changes: every question asks what one change does to them."
    ),
    Term(
      "over-fitting",
      [],
      "The network knows its training images better and better, and new images worse."
    ),
    Term(
      "seed",
      [],
      "The number that fixes all chance in a run: another seed draws other images and other first weights."
    ),
  ]

  /// The terms that a question uses, and the one by which every answer is judged.
  ///
  /// - Parameters:
  ///   - question: What is asked.
  ///   - metric: What it measures.
  /// - Returns: In the order of the glossary.
  static func terms(of question: AskedQuestion, metric: Metric) -> [Term] {
    let asked = question.question
    let words =
      " " + words([question.ask, asked.factor, asked.metric].joined(separator: " ")) + " "
    return all.filter { $0.forms.contains { words.contains(" \($0) ") } }
      + (metric.declaredDelta > 0 ? [delta] : [])
  }

  /// Small letters and digits, one blank between two words.
  private static func words(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }
}
