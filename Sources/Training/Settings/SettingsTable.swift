package import Notation

extension TrainingSettings {
  /// The one table of settings: names, forms, defaults and one line each.
  package static let table: [Setting] =
    data + architecture + transfer + sizes + regularization + optimization

  private static let data: [Setting] = [
    Setting(
      "dataset",
      .choice(DatasetSource.bundledNames),
      .variant([
        Setting("idx", .path(suffix: ""), default: nil, "a folder of IDX files, plain or gzip")
      ]),
      .object(PictureSource.members),
      default: "digits",
      "the examples to learn from"
    ),
    Setting(
      "train_size",
      .choice(["all"]),
      .integer(.atLeast(1)),
      default: "all",
      "examples in the training set, stratified by class"
    ),
    Setting(
      "split_seed",
      .choice(["seed"]),
      .integer(.atLeast(0)),
      default: "seed",
      "which examples those are: drawn anew for each seed, or one subset for all seeds"
    ),
    Setting(
      "task",
      .choice(["auto"] + Task.allCases.map(\.rawValue)),
      default: "auto",
      "what is learned: one class, several yes/no labels, or a number; auto is the data's own"
    ),
    Setting(
      "y_range",
      .choice(["none"]),
      .object([
        Setting("low", .number(.any), default: 0, "the lower end"),
        Setting("high", .number(.any), default: 1, "the upper end"),
      ]),
      default: "none",
      "the range a predicted number is bent into by a sigmoid"
    ),
  ]

  private static let architecture: [Setting] = [
    Setting(
      "model",
      .choice(Model.allCases.map(\.rawValue)),
      default: "cnn",
      "the shape of the network"
    ),
    Setting(
      "width",
      .integer(.between(1, 1024)),
      default: 16,
      "channels of the cnn's first convolution, or units of each hidden layer of the mlp"
    ),
    Setting(
      "depth",
      .integer(.between(1, 6)),
      default: 2,
      "stages of the cnn after its first convolution, or hidden layers of the mlp"
    ),
    Setting(
      "activation",
      .choice(ActivationFunction.allCases.map(\.rawValue)),
      default: "relu",
      "what hidden layers end in; none makes the network one linear map"
    ),
    Setting(
      "batch_norm",
      .boolean,
      default: true,
      "whether hidden layers are normalized"
    ),
  ]

  private static let transfer: [Setting] = [
    Setting(
      "body",
      .choice(["none", "letters"] + NamedBody.allCases.map(\.rawValue)),
      .path(suffix: ".safetensors"),
      default: "none",
      "what the body starts from: random weights, those trained on letters, EfficientNet-Lite0 "
        + "trained on photographs, or a file's weights, which may describe layers of their own"
    ),
    Setting(
      "head",
      .choice(HeadKind.allCases.map(\.rawValue)),
      default: "hidden",
      "what follows a body of images: two dense layers with an activation between, one, fastai's with batch norm, or the head in the body's file"
    ),
    Setting(
      "tuning",
      .choice(Tuning.allCases.map(\.rawValue)),
      default: "full",
      "what is trained: all, the head, the head and then all, fastai's fine_tune, or the head and the body's biases; "
        + "or, without steps, the head by ridge regression, nearest neighbours in its place, or nothing"
    ),
    Setting(
      "ridge_penalty",
      .number(.above(0)),
      default: 1,
      "what tuning ridge weighs the square of each of the head's weights by, beside the sum of squared errors"
    ),
    Setting(
      "neighbours",
      .integer(.atLeast(1)),
      default: 20,
      "how many training examples answer where tuning is knn"
    ),
    Setting(
      "body_lr_mult",
      .number(.between(0, 1)),
      default: 1,
      "the body's learning rate as a share of the head's; 0 freezes its weights"
    ),
    Setting(
      "layer_decay",
      .number(.between(0.01, 1)),
      default: 1,
      "the learning rate of each stage of the body as a share of that of the stage above it, times body_lr_mult"
    ),
    Setting(
      "second_rate",
      .number(.between(0, 1)),
      default: 0.1,
      "the highest rate of the second phase of lp_ft as a share of learning_rate"
    ),
    Setting(
      "body_norm",
      .choice(BodyNorm.allCases.map(\.rawValue)),
      default: "by_tuning",
      "batch norm of the body: frozen, trained, or frozen where the weights are"
    ),
  ]

  private static let sizes: [Setting] = [
    Setting(
      "first_size",
      .choice(["none"]),
      .integer(.between(8, 512)),
      default: "none",
      "pixels a side that photographs are learned at first, smaller than the data set's size; then a second cycle at that"
    ),
    Setting(
      "first_share",
      .number(.inside(0, 1)),
      default: 0.5,
      "share of the epochs that first_size is for"
    ),
  ]

  private static let regularization: [Setting] = [
    Setting(
      "augmentation",
      AugmentationStrengths.forms,
      default: "none",
      "random changes of the training images: a preset, a strength, or an object of kinds"
    ),
    Setting(
      "augmentation_share",
      .number(.between(0, 1)),
      default: 1,
      "probability that a training image is changed at all in an epoch"
    ),
    Setting(
      "augmentation_border",
      .choice(PictureBorder.allCases.map(\.rawValue)),
      default: "black",
      "what comes in where an image is turned, made smaller or moved"
    ),
    Setting(
      "mixup_alpha",
      .number(.atLeast(0)),
      default: 0,
      "both parameters of the Beta distribution that pairs of images are mixed by"
    ),
    Setting(
      "cutmix_alpha",
      .number(.atLeast(0)),
      default: 0,
      "both parameters of the Beta distribution of the share that a pasted rectangle leaves"
    ),
    Setting(
      "label_smoothing",
      .number(.from(0, below: 1)),
      default: 0,
      "share of each label that is spread over all classes"
    ),
    Setting(
      "label_noise",
      .number(.between(0, 1)),
      default: 0,
      "share of training labels that are replaced by another class"
    ),
    Setting(
      "dropout",
      .number(.from(0, below: 1)),
      default: 0,
      "probability of the head's last dropout; the earlier one has half of it"
    ),
    Setting(
      "weight_decay",
      .number(.atLeast(0)),
      default: 0,
      "decay of the weight matrices; biases and norms are left alone"
    ),
    Setting(
      "decay",
      .choice(Decay.allCases.map(\.rawValue)),
      default: "auto",
      "weights shrink beside the gradient, per unit of rate, or decay joins the gradient; auto is l2 for sgd and adam"
    ),
    Setting(
      "ema",
      .number(.from(0, below: 1)),
      default: 0,
      "the share of the past in a moving average of the weights that is measured in their place; 0 for none"
    ),
    Setting(
      "gradient_clip",
      .choice(["none"]),
      .number(.above(0)),
      default: "none",
      "the longest gradient, all parameters together; a longer one is shortened"
    ),
    Setting(
      "early_stopping",
      .choice(["none"]),
      .integer(.atLeast(1)),
      default: "none",
      "epochs of a phase without improvement on a held-out fifth of the training set, then back to the best"
    ),
  ]

  private static let optimization: [Setting] = [
    Setting(
      "optimizer",
      .choice(Optimizers.all.map { $0.name }),
      default: "adamw",
      "the rule of the steps"
    ),
    Setting(
      "momentum",
      .number(.from(0, below: 1)),
      default: 0.9,
      "the share of the past in a step: of the velocity, or the first beta"
    ),
    Setting(
      "momentum_cycle",
      .number(.between(0, 1)),
      default: 0,
      "how much lower the momentum is where the rate of one_cycle is highest"
    ),
    Setting(
      "nesterov",
      .boolean,
      default: false,
      "whether sgd steps from where its velocity leads"
    ),
    Setting(
      "beta2",
      .choice(["auto"]),
      .number(.from(0, below: 1)),
      default: "auto",
      "the share of the past in Adam's running square (auto: 0.999) or in Lion's mean (auto: 0.99)"
    ),
    Setting(
      "epsilon",
      .number(.above(0)),
      default: .number(JSONNumber(OptimizerConstants.usualEpsilon)),
      "what Adam adds to the root of its running square"
    ),
    Setting(
      "learning_rate",
      .number(.above(0)),
      default: 0.003,
      "the highest rate of a step"
    ),
    Setting(
      "schedule",
      .choice(Schedule.named.map(\.name)),
      default: "one_cycle",
      "how the rate moves over the steps"
    ),
    Setting(
      "warmup",
      .number(.atLeast(0)),
      default: 0,
      "epochs over which the rate climbs from 0, times what the schedule says"
    ),
    Setting(
      "epochs",
      .integer(.between(1, 100_000)),
      default: 20,
      "passes over the training set"
    ),
    Setting(
      "batch_size",
      .integer(.between(1, 4096)),
      default: 32,
      "examples in a step"
    ),
    Setting(
      "evaluate_every",
      .integer(.atLeast(0)),
      default: 5,
      "epochs between points of the learning curves, beside the first; 0 draws none"
    ),
    Setting(
      "tta",
      .integer(.between(0, 100)),
      default: 0,
      "augmented draws of each validation image whose predictions are averaged; 0 for none"
    ),
    Setting(
      "test",
      .boolean,
      default: false,
      "whether the test set is measured too"
    ),
  ]
}
