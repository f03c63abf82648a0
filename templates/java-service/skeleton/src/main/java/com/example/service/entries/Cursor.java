package com.example.service.entries;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Where a page begins, in a form that nobody is tempted to make up. */
final class Cursor {
  private static final Pattern key = Pattern.compile("[a-z0-9-]+");

  private Cursor() {}

  static String write(String lastKey) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(lastKey.getBytes(StandardCharsets.UTF_8));
  }

  /** The key after which a page begins: the empty one for the first page. */
  static String read(@Nullable String cursor) {
    if (cursor == null) {
      return "";
    }
    try {
      var read = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (key.matcher(read).matches()) {
        return read;
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below, as for a cursor that holds no key.
    }
    throw new ResponseStatusException(
        HttpStatus.BAD_REQUEST, "The cursor is not one that this API gave");
  }
}
