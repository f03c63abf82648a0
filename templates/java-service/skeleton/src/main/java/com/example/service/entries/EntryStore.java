package com.example.service.entries;

import com.example.service.api.Entry;
import java.util.List;
import java.util.Optional;

/** Where entries are kept; put a database behind it. */
public interface EntryStore {
  /** Returns false, and changes nothing, when the key is taken. */
  boolean add(Entry entry);

  /** Empty when there is nothing under the key. */
  Optional<Entry> get(String key);

  /** Returns false when there was nothing under the key. */
  boolean remove(String key);

  /** Up to {@code limit} entries in the order of their keys, all after {@code after}. */
  List<Entry> list(String after, int limit);
}
