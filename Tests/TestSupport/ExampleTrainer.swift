import Notation
import Statistics
package import Sweeps

/// A trainer with a setting of every form, as tests of specs need it.
package let exampleTrainer = Trainer(
  version: 7,
  settings: [
    SettingRule(
      name: "dataset",
      forms: [
        .choice(["digits", "letters"]),
        .variant([
          SettingRule(
            name: "idx",
            forms: [.path(suffix: nil)],
            defaultValue: "",
            summary: "a folder"
          )
        ]),
      ],
      defaultValue: "digits",
      summary: "the images to learn from"
    ),
    SettingRule(
      name: "train_size",
      forms: [.integer(lower: 1, upper: nil), .choice(["all"])],
      defaultValue: "all",
      summary: "images in the training set"
    ),
    SettingRule(
      name: "body",
      forms: [.choice(["none", "letters"]), .path(suffix: ".safetensors")],
      defaultValue: "none",
      summary: "weights that the body starts from"
    ),
    SettingRule(
      name: "task",
      forms: [.choice(["single", "multi"])],
      defaultValue: "single",
      summary: "one class an image, or several"
    ),
    SettingRule(
      name: "tuning",
      forms: [.choice(["full", "head"])],
      defaultValue: "full",
      summary: "what is trained"
    ),
    SettingRule(
      name: "augmentation",
      forms: [
        .choice(["none", "light", "default", "strong"]), .number(NumberBounds(lower: 0, upper: 4)),
        .object([
          SettingRule(
            name: "rotation",
            forms: [.number(NumberBounds(lower: 0, upper: 180))],
            defaultValue: 0,
            summary: "degrees"
          ),
          SettingRule(
            name: "flip",
            forms: [.boolean],
            defaultValue: false,
            summary: "left to right"
          ),
        ]),
      ],
      defaultValue: "none",
      summary: "random changes of the training images"
    ),
    SettingRule(
      name: "dropout",
      forms: [.number(NumberBounds(lower: 0, upper: 1, excludesUpper: true))],
      defaultValue: 0,
      summary: "probability of the head's last dropout"
    ),
    SettingRule(
      name: "label_smoothing",
      forms: [.number(NumberBounds(lower: 0, upper: 1))],
      defaultValue: 0,
      summary: "share of the target that all classes get"
    ),
    SettingRule(
      name: "weight_decay",
      forms: [.number(NumberBounds(lower: 0))],
      defaultValue: 0,
      summary: "decay of the weights"
    ),
    SettingRule(
      name: "learning_rate",
      forms: [.number(NumberBounds(lower: 0, excludesLower: true))],
      defaultValue: 0.003,
      summary: "the highest rate of the schedule"
    ),
    SettingRule(
      name: "epochs",
      forms: [.integer(lower: 1, upper: 1000)],
      defaultValue: 20,
      summary: "passes over the training set"
    ),
    SettingRule(
      name: "width",
      forms: [.integer(lower: 1, upper: nil)],
      defaultValue: 16,
      summary: "channels of the first layer"
    ),
    SettingRule(
      name: "gradient_clip",
      forms: [.number(NumberBounds(lower: 0, excludesLower: true)), .null(meaning: "no clipping")],
      defaultValue: .null,
      summary: "the longest gradient"
    ),
    SettingRule(
      name: "test",
      forms: [.boolean],
      defaultValue: false,
      summary: "also measure on the test set"
    ),
  ],
  metrics: ["train_loss", "valid_loss", "accuracy", "gap", "overconfidence", "accuracy[*]"].map {
    MetricDescription($0, unit: "", better: .none, "")
  },
  dataSettings: ["dataset", "body"],
  dataDigest: { Digest.hexadecimal(of: JSON.object($0).canonical) },
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
    overrides: overrides
  )
}
