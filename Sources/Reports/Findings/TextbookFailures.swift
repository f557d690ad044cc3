/// The known ways in which the textbook's predictions about regularization fail, by the keys that specs use.
///
/// They are printed as candidates beside a textbook row that came out wrong or open, never as its cause.
package enum TextbookFailures {
  /// One way to fail: what happens, and who showed it.
  package struct Failure: Sendable, Equatable {
    package let key: String
    package let explanation: String
    package let source: String
  }

  /// The failure of a key, nil for an unknown key.
  package static func failure(_ key: String) -> Failure? {
    all.first { $0.key == key }
  }

  package static let all: [Failure] = [
    Failure(
      key: "F1",
      explanation:
        "A model that does not over-fit has nothing to gain: any regularizer then raises both losses.",
      source: "fastbook ch. 15; Liu et al. 2023, arXiv 2303.01500"
    ),
    Failure(
      key: "F2",
      explanation:
        "Dropout used only early in training can lower the final training loss of a model that under-fits.",
      source: "Liu et al. 2023, arXiv 2303.01500, abstract"
    ),
    Failure(
      key: "F3",
      explanation: "With a few hundred training examples dropout may not help at all.",
      source: "Srivastava et al. 2014, as restated in public notes"
    ),
    Failure(
      key: "F4",
      explanation:
        "Under normalization the size of the weights does not change the function; decay then acts through the effective learning rate.",
      source: "van Laarhoven 2017, arXiv 1706.05350, abstract"
    ),
    Failure(
      key: "F5",
      explanation:
        "Weight decay changes the dynamics of training more than the function learned, and may even lower the training loss.",
      source:
        "Zhang et al. 2018, arXiv 1810.12281; D'Angelo et al. 2023, arXiv 2310.04415, abstracts"
    ),
    Failure(
      key: "F6",
      explanation:
        "The strength of a decay is the sum of learning rate × weight decay over all steps: with another rate, optimizer or length the same number is another dose.",
      source: "Loshchilov, Hutter 2017, arXiv 1711.05101, abstract"
    ),
    Failure(
      key: "F7",
      explanation:
        "Dropout before a batch norm shifts the variance between training and evaluation.",
      source: "Li et al. 2018, arXiv 1801.05134"
    ),
    Failure(
      key: "F8",
      explanation:
        "Regularization acts in the first part of training; a short run sees only that part.",
      source: "Golatkar et al. 2019, arXiv 1905.13277, abstract"
    ),
    Failure(
      key: "F9",
      explanation:
        "Once augmentation is on, weight decay and dropout may add nothing, or hurt when they are not tuned again.",
      source: "Hernández-García, König 2018, arXiv 1806.03852, abstract"
    ),
    Failure(
      key: "F10",
      explanation:
        "An augmentation that is too strong or changes what an image means moves the training data away from the real ones.",
      source: "Gontijo-Lopes et al. 2020, arXiv 2002.08973, abstract"
    ),
    Failure(
      key: "F11",
      explanation: "A regularizer can help on average while some classes get much worse.",
      source: "Balestriero et al. 2022, arXiv 2204.03632, abstract"
    ),
    Failure(
      key: "F12",
      explanation:
        "With very few samples training the head alone can beat full fine-tuning; with more samples the order turns.",
      source: "arXiv 2205.07874, abstract"
    ),
    Failure(
      key: "F13",
      explanation:
        "A random head with a high learning rate distorts the features that the body brought along.",
      source: "Kumar et al. 2022, arXiv 2202.10054, abstract; fastbook ch. 5"
    ),
    Failure(
      key: "F14",
      explanation: "Mixup does not necessarily improve calibration.",
      source: "Maroñas et al. 2020, abstract"
    ),
    Failure(
      key: "F15",
      explanation:
        "Label smoothing calibrates the network that is trained with it, but makes its features worse for another task.",
      source: "Müller et al. 2019, arXiv 1906.02629; Kornblith et al., abstracts"
    ),
    Failure(
      key: "F16",
      explanation:
        "The validation error may fall again after it rose (double descent), so stopping early may be too early.",
      source: "Nakkiran et al. 2019, Deep double descent"
    ),
    Failure(
      key: "F17",
      explanation:
        "A training loss measured during training includes augmentation and dropout; a small validation set moves by luck.",
      source: "fastai documentation of its recorder; fastbook ch. 5"
    ),
    Failure(
      key: "F18",
      explanation: "Seeds and the choice of the training subset alone change results by this much.",
      source: "Bouthillier et al. 2021, arXiv 2103.03098; Picard 2021, arXiv 2109.08203, abstracts"
    ),
  ]
}
