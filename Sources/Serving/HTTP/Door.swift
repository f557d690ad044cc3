import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Takes requests: those that the gate lets in become visits, and get what the routes have for them.
struct Door: HTTPResponder {
  typealias Routes = @Sendable (Visit) async -> Answer

  let gate: Gate
  let routes: Routes

  /// Bytes of a form, and how long it may take to arrive.
  private static let formLimit = 4096
  private static let formTime = Duration.seconds(5)

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
    form: FormFields?,
    _ context: VisitContext
  ) -> Visit {
    let headers = request.headers
    let referer = headers[.referer]
    return Visit(
      path: request.uri.path,
      query: FormFields(request.uri.query ?? ""),
      form: form,
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
    let tooLong = FormRefusal(
      answer: .refusal(.contentTooLarge, "A form has \(Self.formLimit) bytes at most.")
    )
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.formLimit {
      return .failure(tooLong)
    }
    return await withTaskGroup(of: Result<FormFields, FormRefusal>?.self) { group in
      group.addTask {
        guard let buffer = try? await request.body.collect(upTo: Self.formLimit) else {
          return .failure(tooLong)
        }
        return .success(FormFields(String(buffer: buffer)))
      }
      group.addTask {
        try? await Task.sleep(for: Self.formTime)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
        ?? .failure(
          FormRefusal(answer: .refusal(.requestTimeout, "The form took too long to arrive."))
        )
    }
  }
}
