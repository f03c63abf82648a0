package com.example.service.entries;

import com.example.service.api.Entry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Repository;

/** Lives and ends with the process, and is not shared between replicas. */
@Repository
class MemoryEntryStore implements EntryStore {
  private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();

  @Override
  public boolean add(Entry entry) {
    return entries.putIfAbsent(entry.getKey(), entry) == null;
  }

  @Override
  public Optional<Entry> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public boolean remove(String key) {
    return entries.remove(key) != null;
  }

  @Override
  public List<Entry> list(String after, int limit) {
    return entries.tailMap(after, false).values().stream().limit(limit).toList();
  }
}
