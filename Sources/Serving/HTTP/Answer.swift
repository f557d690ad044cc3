import Classroom
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// What a visitor gets, before the headers that all answers share.
struct Answer: Sendable {
  enum Kind: String, Sendable {
    case html = "text/html; charset=utf-8"
    case css = "text/css; charset=utf-8"
    case script = "text/javascript; charset=utf-8"
    case csv = "text/csv; charset=utf-8"
    case jsonLines = "application/jsonl; charset=utf-8"
    case text = "text/plain; charset=utf-8"
    case events = "text/event-stream"
  }

  private var status: HTTPResponse.Status
  private var fields = HTTPFields()
  private var text = ""
  private var events: EventStream?
  /// Whether the connection is of no further use.
  private(set) var closes = false
  /// Whether the page has styles on its elements, as the figures of reports do.
  private var hasInlineStyle = false

  private init(_ status: HTTPResponse.Status) {
    self.status = status
  }

  static func page(_ text: String, status: HTTPResponse.Status = .ok) -> Answer {
    var answer = Answer(status)
    answer.text = text
    answer.fields[.contentType] = Kind.html.rawValue
    return answer
  }

  /// A file that browsers keep for a while.
  static func file(_ text: String, _ kind: Kind, version: String, known: String?) -> Answer {
    var answer = Answer(known == version ? .notModified : .ok)
    if known != version {
      answer.text = text
      answer.fields[.contentType] = kind.rawValue
    }
    answer.fields[.eTag] = version
    answer.fields[.cacheControl] = "no-cache"
    return answer
  }

  /// A file to keep.
  static func download(_ text: String, _ kind: Kind, name: String) -> Answer {
    var answer = Answer(.ok)
    answer.text = text
    answer.fields[.contentType] = kind.rawValue
    answer.fields[.contentDisposition] = "attachment; filename=\"\(name)\""
    return answer
  }

  /// Leads to another page, which is looked at and not sent again.
  static func seeOther(_ path: String) -> Answer {
    var answer = Answer(.seeOther)
    answer.fields[.location] = path
    return answer
  }

  static func stream(_ events: EventStream) -> Answer {
    var answer = Answer(.ok)
    answer.events = events
    answer.fields[.contentType] = Kind.events.rawValue
    return answer
  }

  /// A page that says why not.
  ///
  /// The header `Sweep-Refusal` has the code, where there is one; the desk's page says it too, for which people at phones
  /// have no use.
  static func refusal(
    _ status: HTTPResponse.Status,
    _ sentence: String,
    back: String = "/",
    code: String? = nil,
    isForDesk: Bool = false
  ) -> Answer {
    let more = isForDesk ? code.map { ["More: sweep explain \($0)"] } ?? [] : []
    let notice = NoticePage("That did not work", [sentence] + more, back: back)
    var answer = page(notice.document, status: status)
    if let code { answer.fields[.sweepRefusal] = code }
    return answer
  }

  static let nothingHere = refusal(.notFound, "There is nothing at this address.")

  /// Has the connection closed once the answer is sent.
  var closing: Answer {
    var answer = self
    answer.closes = true
    return answer
  }

  func setting(_ device: SharedDevice?) -> Answer {
    var answer = self
    if let device { answer.fields[.setCookie] = device.header }
    return answer
  }

  var withInlineStyle: Answer {
    var answer = self
    answer.hasInlineStyle = true
    return answer
  }

  func response(isHead: Bool, closing channel: (any Channel)?) -> Response {
    var fields = fields
    let style = hasInlineStyle ? "'self' 'unsafe-inline'" : "'self'"
    fields[.contentSecurityPolicy] =
      "default-src 'none'; style-src \(style); script-src 'self'; connect-src 'self'; "
      + "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    fields[.xContentTypeOptions] = "nosniff"
    fields[.referrerPolicy] = "same-origin"
    fields[.crossOriginResourcePolicy] = "same-origin"
    if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
    if channel != nil { fields[.connection] = "close" }
    if let events, !isHead {
      return Response(status: status, headers: fields, body: events.body)
    }
    let bytes = ByteBuffer(string: text)
    guard status != .notModified else { return Response(status: status, headers: fields) }
    fields[.contentLength] = "\(bytes.readableBytes)"
    let body = ResponseBody(contentLength: bytes.readableBytes) { writer in
      if !isHead, bytes.readableBytes > 0 { try await writer.write(bytes) }
      try await writer.finish(nil)
      channel?.close(promise: nil)
    }
    return Response(status: status, headers: fields, body: body)
  }
}

extension HTTPField.Name {
  fileprivate static let sweepRefusal = named("Sweep-Refusal")
  fileprivate static let referrerPolicy = named("Referrer-Policy")
  fileprivate static let crossOriginResourcePolicy = named("Cross-Origin-Resource-Policy")

  private static func named(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no header") }
    return name
  }
}
