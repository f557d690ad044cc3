import Notation

/// The spec that `sweep init` writes: small enough to run at once, with a comment beside every key.
package enum StarterSpec {
  /// A spec for the built-in trainer.
  ///
  /// - Parameter name: The sweep's name.
  /// - Returns: JSON text.
  package static func text(name: String) -> String {
    """
    {
      "$schema": "sweep.schema.json",
      "$help": "A key that begins with '$' is a comment. 'sweep settings' lists every setting, 'sweep plan' shows what this file would run.",

      "name": \(JSON.quoted(name)),
      "question": "What do dropout and augmentation do to a classifier that has 200 images to learn from?",

      "$settings": "Fixed for every run; what is not named has its default.",
      "settings": {
        "dataset": "digits",
        "train_size": 200,
        "body": "letters",
        "epochs": 20
      },

      "$axes": "What varies. The first level is the baseline. A range is {\\"from\\": 0, \\"to\\": 0.5, \\"count\\": 6}.",
      "axes": {
        "dropout": [0, 0.5],
        "augmentation": ["none", "default"]
      },

      "$seeds": "Every cell is run with the same seeds, so that differences are paired. Below 3 an interval is useless.",
      "seeds": 5,

      "$metrics": "delta is the smallest change that matters, declared before the runs.",
      "metrics": {
        "valid_loss": { "better": "lower", "delta": 0.02 },
        "accuracy": { "better": "higher", "delta": 0.005, "show": "points" }
      },

      "$questions": "What people are asked before they see results.",
      "questions": [
        {
          "id": "dropout",
          "factor": "dropout",
          "from": 0,
          "to": 0.5,
          "metric": "valid_loss",
          "at": { "augmentation": "none" },
          "ask": "We switch dropout on. The validation loss ..."
        }
      ]
    }

    """
  }
}
