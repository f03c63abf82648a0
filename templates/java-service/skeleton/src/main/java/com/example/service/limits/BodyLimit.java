package com.example.service.limits;

import com.example.service.config.Settings;
import com.example.service.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads a body before anything works on it, and never more of it than the limit. */
public class BodyLimit extends OncePerRequestFilter {
  private final int limit;
  private final Problems problems;

  public BodyLimit(Settings settings, Problems problems) {
    limit = settings.bodyLimitBytes();
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() <= limit) {
      var body = request.getInputStream().readNBytes(limit + 1);
      if (body.length <= limit) {
        chain.doFilter(new ReadRequest(request, body), response);
        return;
      }
    }
    problems.write(
        request,
        response,
        HttpStatus.CONTENT_TOO_LARGE,
        "The body is larger than the service accepts");
  }

  /** A request whose body is in memory already. */
  private static final class ReadRequest extends HttpServletRequestWrapper {
    private final byte[] body;

    ReadRequest(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new ReadBody(new ByteArrayInputStream(body));
    }
  }

  private static final class ReadBody extends ServletInputStream {
    private final ByteArrayInputStream body;

    ReadBody(ByteArrayInputStream body) {
      this.body = body;
    }

    @Override
    public int read() {
      return body.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return body.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return body.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("The body has been read already");
    }
  }
}
