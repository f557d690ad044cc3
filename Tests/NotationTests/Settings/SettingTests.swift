import Notation
import Testing

struct SettingTests {
  private let dataset = Setting(
    "dataset",
    .choice(["digits"]),
    .variant([Setting("idx", .path(suffix: ""), default: nil, "a folder")]),
    .object([
      Setting("folder", .path(suffix: ""), default: nil, "a folder"),
      Setting("size", .integer(.between(8, 512)), default: 64, "pixels"),
    ]),
    default: "digits",
    "the examples"
  )

  @Test(arguments: [
    (Bounds.any, "a number"), (.above(0), "a number above 0"), (.atLeast(1), "a number from 1 up"),
    (.between(0, 0.5), "a number from 0 to 0.5"),
    (.from(0, below: 1), "a number from 0 to below 1"),
  ])
  func `bounds say what they let through`(bounds: Bounds, words: String) {
    #expect(bounds.words(for: "a number") == words)
    #expect(!bounds.contains(.infinity) && !bounds.contains(.nan))
  }

  @Test func `ends of bounds are in or out`() {
    #expect(Bounds.from(0, below: 1).contains(0))
    #expect(!Bounds.from(0, below: 1).contains(1))
    #expect(Bounds.between(0, 1).contains(1))
    #expect(!Bounds.above(0).contains(0))
  }

  @Test func `an object is read as the form that knows most of its keys`() {
    #expect(dataset.objectForm(with: ["idx"])?.members?.map(\.name) == ["idx"])
    #expect(
      dataset.objectForm(with: ["size", "folder"])?.members?.map(\.name) == ["folder", "size"]
    )
    #expect(dataset.accepts(["folder": "a", "size": 8]))
    #expect(!dataset.accepts(["folder": "a", "size": 7]))
    #expect(!dataset.accepts(["idx": "a", "folder": "b"]))
  }

  @Test func `relative paths are those of a folder, at any depth`() {
    #expect(dataset.resolved(["idx": "mnist"], in: "/data") == ["idx": "/data/mnist"])
    #expect(
      dataset.resolved(["folder": "/x", "size": 9], in: "/data") == ["folder": "/x", "size": 9]
    )
    #expect(dataset.resolved("digits", in: "/data") == "digits")
    let values: JSONObject = ["dataset": ["idx": "a"], "epochs": 3]
    #expect([dataset].resolved(values, in: "/d") == ["dataset": ["idx": "/d/a"], "epochs": 3])
  }
}
