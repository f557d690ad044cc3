import Notation
import Statistics
import Storage
package import Sweeps

/// A trainer with a setting of every form, as tests of specs need it.
package let exampleTrainer = Trainer(
  version: 7,
  settings: [
    Setting(
      "dataset",
      [
        .choice(["digits", "letters"]),
        .variant([
          Setting(
            "idx",
            [.path(suffix: "")],
            default: "",
            "a folder"
          )
        ]),
      ],
      default: "digits",
      "the images to learn from"
    ),
    Setting(
      "train_size",
      [.integer(.atLeast(1)), .choice(["all"])],
      default: "all",
      "images in the training set"
    ),
    Setting(
      "body",
      [.choice(["none", "letters"]), .path(suffix: ".safetensors")],
      default: "none",
      "weights that the body starts from"
    ),
    Setting(
      "task",
      [.choice(["single", "multi"])],
      default: "single",
      "one class an image, or several"
    ),
    Setting(
      "tuning",
      [.choice(["full", "head"])],
      default: "full",
      "what is trained"
    ),
    Setting(
      "augmentation",
      [
        .choice(["none", "light", "default", "strong", "mirror"]), .number(.between(0, 4)),
        .object([
          Setting(
            "rotation",
            [.number(.between(0, 180))],
            default: 0,
            "degrees"
          ),
          Setting(
            "flip",
            [.boolean],
            default: false,
            "left to right"
          ),
        ]),
      ],
      default: "none",
      "random changes of the training images"
    ),
    Setting(
      "dropout",
      [.number(.from(0, below: 1))],
      default: 0,
      "probability of the head's last dropout"
    ),
    Setting(
      "label_smoothing",
      [.number(.between(0, 1))],
      default: 0,
      "share of the target that all classes get"
    ),
    Setting(
      "weight_decay",
      [.number(.atLeast(0))],
      default: 0,
      "decay of the weights"
    ),
    Setting(
      "learning_rate",
      [.number(.above(0))],
      default: 0.003,
      "the highest rate of the schedule"
    ),
    Setting(
      "epochs",
      [.integer(.between(1, 1000))],
      default: 20,
      "passes over the training set"
    ),
    Setting(
      "width",
      [.integer(.atLeast(1))],
      default: 16,
      "channels of the first layer"
    ),
    Setting(
      "gradient_clip",
      [.number(.above(0)), .choice(["none"])],
      default: "none",
      "the longest gradient"
    ),
    Setting(
      "test",
      [.boolean],
      default: false,
      "also measure on the test set"
    ),
  ],
  metrics: ["train_loss", "valid_loss", "accuracy", "gap", "overconfidence", "accuracy[*]"].map {
    MetricDescription($0, unit: "", better: .none, "")
  },
  dataSettings: ["dataset", "body"],
  dataDigest: { settings, _ in Digest.hexadecimal(of: JSON.object(settings).canonical) },
  contradiction: { settings in
    guard settings["task"] == "multi", settings["label_smoothing"] ?? 0 != 0 else { return nil }
    return "Label smoothing needs one class an image."
  }
)

/// Reads a spec that stands in a test.
package func exampleSpec(_ text: String, overrides: [String] = []) throws -> Spec {
  try Spec.read(
    SourceText(path: "test.json", text: text),
    name: "test",
    directory: ".",
    trainer: exampleTrainer,
    files: Disk(),
    overrides: overrides
  )
}
