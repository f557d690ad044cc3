import Notation
import Testing
import Training

struct TrainingSettingsTests {
  @Test(arguments: TrainingSettings.table)
  func `a default is one of the setting's forms`(_ setting: Setting) {
    #expect(setting.accepts(setting.defaultValue))
    #expect(!setting.summary.isEmpty)
  }

  @Test func `names are given once`() {
    let names = TrainingSettings.table.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func `no settings at all are the defaults`() throws {
    let settings = try TrainingSettings([:])
    #expect(settings.epochs == 20)
    #expect(settings.batchSize == 32)
    #expect(settings.learningRate == 0.003)
    #expect(settings.trainSize == nil)
    #expect(settings.body == .none)
  }

  @Test(
    arguments: [
      (
        ["epoch": 3],
        "Unknown setting 'epoch'. Did you mean 'epochs'?"
      ),
      (
        ["dropout": 1],
        "Setting 'dropout' is 1; it can be a number from 0 to below 1."
      ),
      (
        ["learning_rate": -0.1],
        "Setting 'learning_rate' is -0.1; it can be a number above 0."
      ),
      (
        ["epochs": 2.5],
        "Setting 'epochs' is 2.5; it can be a whole number from 1 to 100000."
      ),
      (
        ["tuning": "haed"],
        "Setting 'tuning' is 'haed'; it can be 'full', 'head', 'lp_ft', 'fine_tune', 'bitfit', 'ridge', 'knn' or 'none'."
      ),
    ] as [(JSONObject, String)]
  )
  func `a wrong setting is refused with what would be right`(
    values: JSONObject,
    sentence: String
  ) {
    let error = #expect(throws: TrainingError.self) { try TrainingSettings(values) }
    #expect(error?.description == sentence)
  }

  @Test(
    arguments: [
      (
        ["optimizer": "adamw", "decay": "l2"],
        "Optimizer 'adamw' is Adam with decoupled decay; for decay 'l2' take optimizer 'adam'."
      ),
      (
        ["nesterov": true],
        "Setting 'nesterov' is about the velocity of optimizer 'sgd', with a 'momentum' above 0."
      ),
      (
        ["optimizer": "sgd", "beta2": 0.9],
        "Setting 'beta2' is about running squares and means, and optimizer 'sgd' has none."
      ),
      (
        ["momentum_cycle": 0.1, "schedule": "cosine"],
        "Setting 'momentum_cycle' follows the rate of schedule 'one_cycle'; take that schedule."
      ),
      (
        ["momentum_cycle": 0.95],
        "Setting 'momentum_cycle' is 0.95, more than 'momentum'."
      ),
      (
        ["batch_size": 1],
        "A 'batch_size' of 1 has no spread to normalize by; take at least 2, or set 'batch_norm' to false."
      ),
      (
        ["head": "fastai", "model": "mlp"],
        "Head 'fastai' pools what a body makes of images; take model 'cnn'."
      ),
      (
        ["head": "fastai", "batch_size": 1, "batch_norm": false],
        "Head 'fastai' normalizes by the batch, and a 'batch_size' of 1 has no spread; take at least 2."
      ),
      (
        ["tuning": "bitfit", "body_norm": "frozen"],
        "Tuning 'bitfit' trains biases and the shifts of norms; leave 'body_norm' at 'by_tuning' and 'body_lr_mult' "
          + "above 0."
      ),
      (
        ["layer_decay": 0.5, "tuning": "fine_tune"],
        "Setting 'layer_decay' is about the rates of a body that learns, and tuning 'fine_tune' has rates of its own."
      ),
      (
        ["layer_decay": 0.5, "tuning": "head"],
        "Setting 'layer_decay' is about the rates of a body that learns, and tuning 'head' leaves it as it is."
      ),
      (
        ["tuning": "ridge"],
        "Tuning 'ridge' solves for a single dense layer; set 'head' to 'linear'."
      ),
      (
        ["tuning": "knn", "body_norm": "trained"],
        "Tuning 'knn' makes no steps, so that 'body_norm' cannot be 'trained'."
      ),
      (
        ["tuning": "knn", "label_smoothing": 0.1],
        "Tuning 'knn' makes no steps, so that 'label_smoothing' would change nothing; leave it out."
      ),
      (
        ["tuning": "ridge", "head": "linear", "augmentation": "light"],
        "Tuning 'ridge' makes no steps, so that 'augmentation' would change nothing; leave it out."
      ),
      (
        ["tta": 4],
        "Setting 'tta' averages augmented draws, but 'augmentation' is 'none'."
      ),
      (
        ["tuning": "fine_tune", "epochs": 1],
        "Tuning 'fine_tune' has two phases, so 'epochs' must be at least 2."
      ),
    ] as [(JSONObject, String)]
  )
  func `settings that are right alone but not together are refused`(
    values: JSONObject,
    sentence: String
  ) {
    let error = #expect(throws: TrainingError.self) { try TrainingSettings(values) }
    #expect(error?.description == sentence)
  }

  @Test(
    arguments: [
      (
        ["dataset": "digit-traits", "task": "single"],
        "Task 'single' cannot be learned from dataset 'digit-traits'; its labels are for task 'multi'."
      ),
      (
        ["dataset": "letters", "test": true],
        "Setting 'test' is true, but dataset 'letters' has no test set."
      ),
      (
        ["dataset": ["idx": "/nowhere"]],
        "There is no file or folder '/nowhere'."
      ),
      (
        ["body": "/nowhere/w.safetensors"],
        "There is no file or folder '/nowhere/w.safetensors'."
      ),
    ] as [(JSONObject, String)]
  )
  func `what does not fit the data is refused before training`(
    values: JSONObject,
    sentence: String
  ) {
    let error = #expect(throws: TrainingError.self) {
      try TrainingSession(TrainingSettings(values), seed: 0)
    }
    #expect(error?.description == sentence)
  }

  @Test func `more images than there are is refused before training`() {
    let error = #expect(throws: TrainingError.self) {
      try TrainingSession(TrainingSettings(["train_size": 9999]), seed: 0)
    }
    #expect(
      error?.description
        == "Setting 'train_size' is 9999, but 'digits' has 2500 training images."
    )
  }
}
