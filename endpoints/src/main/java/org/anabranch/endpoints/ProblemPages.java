// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty refuses by itself, a header that is no HTTP for instance, in the form of the rest; and
 * what is said instead of an answer whose head could not be sent.
 */
final class ProblemPages extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpProblem problem =
        request.getAttribute(Sender.OTHERWISE) instanceof HttpProblem otherwise
            ? otherwise
            : problem(response.getStatus(), text(request.getAttribute(ERROR_MESSAGE)));
    Sender.send(request, response, Reply.of(problem), callback);
    return true;
  }

  private static String text(Object message) {
    return message == null ? null : message.toString();
  }

  private static HttpProblem problem(int status, String reason) {
    if (status >= 500 && status != 505) {
      // Its message would be of our code, not of the request.
      return HttpProblem.of(status, "internal", HttpStatus.getMessage(status));
    }
    String title = HttpStatus.getMessage(status);
    String detail = reason == null || reason.equals(title) ? title : title + ": " + reason;
    return HttpProblem.of(
            status, title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'), detail)
        .endingConnection();
  }
}
