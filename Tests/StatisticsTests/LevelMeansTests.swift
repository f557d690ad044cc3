import Statistics
import Testing

struct LevelMeansTests {
  @Test(
    arguments: [
      ([1, 2, 3], .rising), ([3, 2, 2, 1], .falling), ([1, 3, 2], .peakInside),
      ([2, 1, 1, 5], .dipInside), ([1, 2, 1, 2], .mixed), ([4, 4, 4], .flat),
    ] as [([Double], LevelMeans.Shape)]
  )
  func `means along an ordered factor have a shape`(means: [Double], shape: LevelMeans.Shape) {
    #expect(levelMeans(means).shape == shape)
  }

  @Test func `two levels and missing means have no shape`() {
    #expect(levelMeans([1, 2]).shape == nil)
    #expect(levelMeans([1, nil, 2]).shape == nil)
  }

  private func levelMeans(_ means: [Double?]) -> LevelMeans {
    LevelMeans(
      factor: Factor(name: "x", levels: means.indices.map(String.init), isOrdered: true),
      means: means
    )
  }
}
