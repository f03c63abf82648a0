package com.example.service.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Who calls: the nearest address that is not a proxy of ours. */
final class CallerAddress {
  private CallerAddress() {}

  static String of(HttpServletRequest request, List<IpAddressMatcher> proxies) {
    var caller = request.getRemoteAddr();
    var hops = Collections.list(request.getHeaders("x-forwarded-for"));
    var path = Arrays.asList(String.join(",", hops).split(","));
    Collections.reverse(path);
    for (var hop : path) {
      if (hop.isBlank() || !isProxy(caller, proxies)) {
        break;
      }
      caller = hop.strip();
    }
    return caller;
  }

  private static boolean isProxy(String address, List<IpAddressMatcher> proxies) {
    try {
      return proxies.stream().anyMatch(proxy -> proxy.matches(address));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
