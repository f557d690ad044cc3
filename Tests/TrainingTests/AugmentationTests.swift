import Notation
import Statistics
import Testing
import Training

struct AugmentationTests {
  /// A strength that is within the bounds of every kind.
  private static let everyStrength = JSONObject(
    Augmentations.kinds.map { JSONObject.Member(key: $0.name, value: 0.5) }
  )

  private func strengths(_ value: JSON) throws -> AugmentationStrengths {
    try TrainingSettings(["augmentation": value]).augmentation
  }

  private func picture() -> Picture {
    var picture = Picture(rows: 12, columns: 10, channels: 1)
    for y in 3..<9 { for x in 4..<7 { picture.values[y * 10 + x] = 0.1 * Float(y) } }
    return picture
  }

  private func changed(_ augmentation: any Augmentation, seed: Int) -> Picture {
    var picture = picture()
    var rng = SeededGenerator(purpose: "augmentation", seed: seed)
    augmentation.apply(to: &picture, using: &rng)
    return picture
  }

  @Test(arguments: Augmentations.all.indices)
  func `an augmentation repeats under a seed and differs under others`(index: Int) throws {
    let made = Augmentations.all[index].init(try strengths(.object(Self.everyStrength)))
    let augmentation = try #require(made)
    #expect(changed(augmentation, seed: 1) == changed(augmentation, seed: 1))
    let results = (1...8).map { changed(augmentation, seed: $0) }
    #expect(results.contains { $0 != results[0] })
    #expect(results.allSatisfy { $0.values.count == 120 && $0.values.allSatisfy(\.isFinite) })
  }

  @Test(arguments: Augmentations.all.indices)
  func `an augmentation without strength is left out`(index: Int) throws {
    #expect(Augmentations.all[index].init(AugmentationStrengths()) == nil)
  }

  @Test(arguments: everyStrength.keys.sorted())
  func `each kind of an object turns one augmentation on`(kind: String) throws {
    let one = try strengths([kind: Self.everyStrength[kind] ?? .null])
    #expect(one.augmentations.count == 1)
  }

  @Test func `a quarter turn moves each pixel to its place`() {
    var picture = Picture(rows: 3, columns: 3, channels: 1)
    picture.values = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    Affine.resample(&picture, matrix: [0, -1, 0, 1, 0, 0])
    #expect(picture.values == [3, 6, 9, 2, 5, 8, 1, 4, 7])
  }

  @Test func `resampling is PyTorch's`() throws {
    let reference = try TrainingReference.load().picture
    var picture = Picture(rows: reference.rows, columns: reference.columns, channels: 1)
    picture.values = reference.values
    Affine.resample(&picture, matrix: reference.matrix)
    #expect(relativeError(picture.values, reference.sampled) < 1e-5)
  }

  @Test func `a flip mirrors left and right`() throws {
    let flip = try #require(try Flip(strengths(["flip": 1])))
    var picture = Picture(rows: 1, columns: 3, channels: 2)
    picture.values = [1, 2, 3, 4, 5, 6]
    var rng = SeededGenerator(purpose: "augmentation", seed: 0)
    flip.apply(to: &picture, using: &rng)
    #expect(picture.values == [5, 6, 3, 4, 1, 2])
  }

  private func session(_ settings: JSONObject) throws -> TrainingSession {
    let small: JSONObject = ["train_size": 30, "model": "linear"]
    return try TrainingSession(TrainingSettings(small.merging(settings)), seed: 0)
  }

  @Test(arguments: [["crop": 0.5], ["rotation": 20], ["brightness": 0.2]] as [JSONObject])
  func `a kind that is turned on shifts no other's draws`(kind: JSONObject) throws {
    let alone = try session(["augmentation": .object(kind)])
    // Erasing and noise come last, and of almost no strength they leave what was before.
    let both = try session([
      "augmentation": .object(kind.merging(["flip": 1, "noise": 1e-9, "erasing": 1e-9]))
    ])
    for epoch in 1...4 {
      var expected = try #require(alone.trainingPicture(epoch: 0))
      var mirrored = expected
      let flip = try #require(try Flip(strengths(["flip": 1])))
      var rng = SeededGenerator(purpose: "unused", seed: 0)
      let one = try #require(alone.trainingPicture(epoch: epoch))
      let two = try #require(both.trainingPicture(epoch: epoch))
      if kind["rotation"] == nil {
        // A window is cut before the picture is mirrored, and brightness does not know sides.
        expected = one
        flip.apply(to: &expected, using: &rng)
        #expect(zip(expected.values, two.values).allSatisfy { abs($0 - $1) < 1e-6 })
      } else {
        flip.apply(to: &mirrored, using: &rng)
        #expect(two != mirrored && two != one)
      }
    }
  }

  @Test func `a share of one half leaves about half of the images alone`() throws {
    let session = try session(["augmentation": "strong", "augmentation_share": 0.5])
    let plain = try #require(session.trainingPicture(epoch: 0))
    let unchanged = (1...200).count { session.trainingPicture(epoch: $0)?.values == plain.values }
    // Binomial with p = 1/2: four standard deviations are 28.
    #expect((72...128).contains(unchanged))
  }

  @Test func `presets and scalars differ in strength alone, and only mirror flips`() throws {
    let values: [JSON] = [
      "none", "light", "default", "strong", 2,
    ]
    let all = try values.map(strengths)
    let rotation = try #require(Augmentations.kinds.first { $0.name == "rotation" })
    #expect(all.map { $0[rotation] } == [0, 6, 12, 24, 24])
    #expect(all[3] == all[4])
    #expect(all.allSatisfy { !$0.augmentations.contains { $0 is Flip } })
    #expect(try strengths("mirror") == strengths(["flip": 0.5]))
  }

  @Test(arguments: [0.1, 1, 5])
  func `mixing shares are symmetric and spread as their distribution says`(alpha: Double) throws {
    let mixup = try #require(Mixup(alpha: alpha, seed: 0))
    var rng = SeededGenerator(purpose: "shares", seed: 0)
    let shares = (0..<4000).map { _ in mixup.share(using: &rng) }
    let mean = shares.reduce(0, +) / 4000
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
    // Beta(α, α) has mean 1/2 and variance 1/(4(2α + 1)); four standard errors of the mean are 4σ/√4000.
    let expected = 1 / (4 * (2 * alpha + 1))
    #expect(abs(mean - 0.5) < 4 * (expected / 4000).squareRoot())
    #expect(abs(variance / expected - 1) < 0.1)
  }
}
