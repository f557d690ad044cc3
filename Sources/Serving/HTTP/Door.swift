import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization

/// Takes requests: those that the gate lets in become visits, and get what the routes have for them.
struct Door: HTTPResponder {
  typealias Routes = @Sendable (Visit) async -> Answer

  let gate: Gate
  let routes: Routes

  init(gate: Gate, routes: @escaping Routes) {
    self.gate = gate
    self.routes = routes
  }

  /// Bytes of a form, and how long it may take to arrive.
  private static let formLimit = 4096
  private static let formTime = Duration.seconds(5)
  /// The same of a picture, which a page makes small before it sends it.
  private static let pictureLimit = 200_000
  private static let pictureTime = Duration.seconds(15)

  private let turnstile = Turnstile(limit: 8)

  func respond(to request: Request, context: VisitContext) async throws -> Response {
    let answer = await answer(to: request, context)
    return answer.response(
      isHead: request.method == .head,
      closing: answer.closes ? context.channel : nil
    )
  }

  private func answer(to request: Request, _ context: VisitContext) async -> Answer {
    let isForm = request.method == .post
    guard isForm || request.method == .get || request.method == .head else {
      return .refusal(.methodNotAllowed, "This server shows pages and takes forms.").closing
    }
    let host = request.head.authority
    do {
      try gate.check(host: host, origin: request.headers[.origin], isForm: isForm)
    } catch {
      let status: HTTPResponse.Status = error == .noHost ? .badRequest : .misdirectedRequest
      return .refusal(error == .foreignOrigin ? .forbidden : status, "\(error)").closing
    }
    if isForm, request.uri.path == "/picture" {
      // From the first byte to the answer: what waits is bounded, and so is the memory that it takes.
      guard turnstile.enter() else {
        let sentence = "Other pictures are waiting for the networks. Send it again in a moment."
        return .refusal(.serviceUnavailable, sentence).closing
      }
      defer { turnstile.leave() }
      switch await picture(of: request) {
      case .success(let bytes):
        return await routes(visit(request, host: host ?? "", picture: bytes, context))
      case .failure(let refusal): return refusal.answer.closing
      }
    }
    var form: FormFields?
    if isForm {
      switch await fields(of: request) {
      case .success(let fields): form = fields
      case .failure(let refusal): return refusal.answer.closing
      }
    }
    return await routes(visit(request, host: host ?? "", form: form, context))
  }

  private func visit(
    _ request: Request,
    host: String,
    form: FormFields? = nil,
    picture: [UInt8]? = nil,
    _ context: VisitContext
  ) -> Visit {
    let headers = request.headers
    let referer = headers[.referer]
    return Visit(
      path: request.uri.path,
      query: FormFields(request.uri.query ?? ""),
      form: form,
      picture: picture,
      device: headers[.cookie].flatMap { SharedDevice(cookies: $0) },
      isFromElsewhere: referer.map { !$0.hasPrefix("http://\(host)/") } ?? false,
      isHere: context.channel.remoteAddress?.ipAddress.map(gate.isOwn) ?? false,
      knownVersion: headers[.ifNoneMatch],
      host: host
    )
  }

  /// Why a form is not read.
  private struct FormRefusal: Error {
    let answer: Answer
  }

  private func fields(of request: Request) async -> Result<FormFields, FormRefusal> {
    let type = request.headers[.contentType] ?? ""
    guard type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
      return .failure(
        FormRefusal(answer: .refusal(.unsupportedMediaType, "This is no form of this server."))
      )
    }
    return await content(
      of: request,
      limit: Self.formLimit,
      time: Self.formTime,
      called: "A form"
    ).map { FormFields(String(decoding: $0, as: UTF8.self)) }
  }

  private func picture(of request: Request) async -> Result<[UInt8], FormRefusal> {
    let type = (request.headers[.contentType] ?? "").lowercased()
    guard ["image/png", "image/jpeg", "image/webp"].contains(type) else {
      let sentence = "A picture is sent as image/png, image/jpeg or image/webp."
      return .failure(FormRefusal(answer: .refusal(.unsupportedMediaType, sentence)))
    }
    return await content(
      of: request,
      limit: Self.pictureLimit,
      time: Self.pictureTime,
      called: "A picture"
    )
  }

  /// The bytes of a request's body, which are bounded, and so is the time that they may take.
  private func content(
    of request: Request,
    limit: Int,
    time: Duration,
    called name: String
  ) async -> Result<[UInt8], FormRefusal> {
    let tooLong = FormRefusal(
      answer: .refusal(.contentTooLarge, "\(name) has \(limit) bytes at most.")
    )
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      return .failure(tooLong)
    }
    return await withTaskGroup(of: Result<[UInt8], FormRefusal>?.self) { group in
      group.addTask {
        guard let buffer = try? await request.body.collect(upTo: limit) else {
          return .failure(tooLong)
        }
        return .success(Array(buffer.readableBytesView))
      }
      group.addTask {
        try? await Task.sleep(for: time)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
        ?? .failure(
          FormRefusal(answer: .refusal(.requestTimeout, "\(name) took too long to arrive."))
        )
    }
  }
}

/// Lets so many in at a time.
private final class Turnstile: Sendable {
  private let limit: Int
  private let count = Mutex(0)

  init(limit: Int) {
    self.limit = limit
  }

  func enter() -> Bool {
    count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
  }

  func leave() { count.withLock { $0 -= 1 } }
}
