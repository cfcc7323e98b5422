// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * Keeps pages of other sites from acting through a browser that can reach this server. Browsers say
 * where a request comes from, and pages cannot change that; whatever is not a browser says nothing
 * and is let through. Reads are not looked at: a page of another site cannot see their answers.
 */
final class SameOrigin {
  private static final Set<String> READS = Set.of("GET", "HEAD");

  /** The user typed it or followed a bookmark, or our own page sent it. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private SameOrigin() {}

  static void check(Request request) throws HttpProblem {
    if (READS.contains(request.getMethod())) {
      return;
    }
    HttpFields headers = request.getHeaders();
    for (String site : headers.getValuesList("Sec-Fetch-Site")) {
      if (!OWN_SITES.contains(site.strip().toLowerCase(Locale.ROOT))) {
        throw refused(request, "Sec-Fetch-Site: " + site);
      }
    }
    for (String origin : headers.getValuesList("Origin")) {
      if (!authority(origin).equals(authority("http://" + headers.get("Host")))) {
        throw refused(request, "Origin: " + origin);
      }
    }
  }

  /** Host and port, without the port that goes without saying; empty where there is none. */
  private static String authority(String origin) {
    try {
      URI uri = URI.create(origin.strip().toLowerCase(Locale.ROOT));
      String text = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      String usual = "https".equals(uri.getScheme()) ? ":443" : ":80";
      return text.endsWith(usual) ? text.substring(0, text.length() - usual.length()) : text;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static HttpProblem refused(Request request, String header) {
    return HttpProblem.of(
            403,
            "cross-site",
            "Cannot " + request.getMethod() + " from a page of another site (" + header + ")")
        .withHint("send it from a program or from this server's own origin");
  }
}
