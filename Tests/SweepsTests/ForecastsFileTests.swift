import Notation
import Statistics
import Storage
import Sweeps
import Testing

struct ForecastsFileTests {
  private let design = Design(
    factors: [
      Factor(name: "x", levels: ["a", "b"]),
      Factor(name: "z", levels: ["0", "1"], isOrdered: true),
    ],
    metrics: [Metric(name: "y", delta: 0.1)]
  )

  private func read(_ text: String) throws -> [Forecast] {
    try ForecastsFile(SourceText(path: "p.csv", text: text), design: design).forecasts
  }

  @Test func `one confidence is shared out, three probabilities are taken as they are`() throws {
    let forecasts = try read(
      """
      who,factor,from,to,metric,direction,confidence,p_down,p_none,p_up,lo,hi,level
      ana,x,a,b,y,up,0.8,,,,0,1,0.5
      ben,x,b,a,y,none,,0.1,0.7,0.2,,,
      """
    )
    #expect(forecasts[0].belief == Belief(.up, confidence: 0.8))
    #expect(forecasts[0].range == Forecast.Range(Interval(lower: 0, upper: 1), level: 0.5))
    #expect(forecasts[1].belief == Belief(down: 0.1, none: 0.7, up: 0.2))
    #expect(forecasts.map(\.id) == ["1", "2"])
  }

  @Test func `a trend has no levels, and others may be held`() throws {
    let forecasts = try read(
      """
      id,who,factor,contrast,from,to,metric,direction,at
      p1,ana,z,trend,,,y,down,
      p2,ana,x,level,a,b,y,down,"{""z"": 1}"
      """
    )
    #expect(
      forecasts[0].question == Question(factor: "z", kind: .trend, from: "", to: "", metric: "y")
    )
    #expect(forecasts[1].question.at == ["z": "1"])
    #expect(forecasts[1].belief == nil)
  }

  @Test(
    arguments: [
      ("x,a,b,y,sideways,0.5", "'direction' is 'sideways'; it is 'down', 'none' or 'up'."),
      ("x,a,b,y,up,80", "'confidence' is '80'; it is a fraction from 0 to 1, so that 80 % is 0.8."),
      ("x,a,b,y,up,sure", "'confidence' is 'sure'; it is a number."),
      ("x,a,c,y,up,", "'to' is 'c'; it is a level of 'x': a, b."),
      ("w,a,b,y,up,", "'factor' is 'w'; it is one of x, z."),
      ("x,a,b,w,up,", "'metric' is 'w'; it is one of y."),
    ])
  func `a row that cannot be understood is named`(row: String, message: String) {
    #expect {
      _ = try read("who,factor,from,to,metric,direction,confidence\nana,\(row)\n")
    } throws: {
      "\($0)" == "p.csv: Line 2: " + message
    }
  }
}
