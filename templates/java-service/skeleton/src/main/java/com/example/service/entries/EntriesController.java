package com.example.service.entries;

import com.example.service.api.EntriesApi;
import com.example.service.api.Entry;
import com.example.service.api.EntryPage;
import com.example.service.api.NewEntry;
import com.example.service.flags.Flag;
import com.example.service.flags.Flags;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The operations on entries, as the interface generated from openapi.yaml names them. */
@RestController
class EntriesController implements EntriesApi {
  private final EntryStore store;
  private final Flags flags;

  EntriesController(EntryStore store, Flags flags) {
    this.store = store;
    this.flags = flags;
  }

  @Override
  public ResponseEntity<EntryPage> listEntries(Integer limit, @Nullable String cursor) {
    // One more than asked for tells whether there is a next page.
    var found = store.list(Cursor.read(cursor), limit + 1);
    if (found.size() <= limit) {
      return ResponseEntity.ok(new EntryPage(found));
    }
    var items = found.subList(0, limit);
    return ResponseEntity.ok(
        new EntryPage(items).nextCursor(Cursor.write(items.get(limit - 1).getKey())));
  }

  @Override
  public ResponseEntity<Entry> createEntry(NewEntry newEntry) {
    var caller = caller();
    if (!flags.isOn(Flag.ACCEPT_ENTRIES, caller)) {
      throw closed();
    }
    var key = newEntry.getKey();
    var entry = new Entry(key, newEntry.getText(), OffsetDateTime.now(Clock.systemUTC()), caller);
    if (!store.add(entry)) {
      throw new ResponseStatusException(
          HttpStatus.CONFLICT, "There is already an entry %s".formatted(key));
    }
    return ResponseEntity.created(URI.create("/v1/entries/" + key)).body(entry);
  }

  @Override
  public ResponseEntity<Entry> getEntry(String key) {
    return ResponseEntity.ok(store.get(key).orElseThrow(() -> absent(key)));
  }

  @Override
  public ResponseEntity<Void> deleteEntry(String key) {
    if (!store.remove(key)) {
      throw absent(key);
    }
    return ResponseEntity.noContent().build();
  }

  private static ResponseStatusException absent(String key) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no entry %s".formatted(key));
  }

  private static ErrorResponseException closed() {
    var status = HttpStatus.SERVICE_UNAVAILABLE;
    var problem = ProblemDetail.forStatusAndDetail(status, "No entries are accepted at the moment");
    var refusal = new ErrorResponseException(status, problem, null);
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, "60");
    return refusal;
  }

  private static String caller() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null ? "anonymous" : authentication.getName();
  }
}
