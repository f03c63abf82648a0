package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.service.api.Entry;
import com.example.service.api.EntryPage;
import com.example.service.api.NewEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class EntriesTest {
  @Autowired private RestTestClient client;

  @AfterEach
  void empty() {
    page("").getItems().forEach(entry -> delete(entry.getKey()));
  }

  @Test
  void keepsReadsAndDeletesAnEntry() {
    var created =
        add("opening-hours", "9 to 5")
            .expectStatus()
            .isCreated()
            .expectHeader()
            .valueEquals("location", "/v1/entries/opening-hours")
            .expectBody(Entry.class)
            .returnResult()
            .getResponseBody();
    client
        .get()
        .uri("/v1/entries/opening-hours")
        .exchange()
        .expectBody(Entry.class)
        .isEqualTo(created);
    delete("opening-hours").expectStatus().isNoContent();
    delete("opening-hours").expectStatus().isNotFound();
  }

  @Test
  void refusesAKeyThatIsTaken() {
    add("one", "first");
    add("one", "second").expectStatus().isEqualTo(409);
    assertThat(page("").getItems()).extracting(Entry::getText).containsExactly("first");
  }

  @Test
  void givesEveryEntryOncePageByPage() {
    for (var key : "caebd".split("")) {
      add(key, "text");
    }
    List<List<String>> pages = new ArrayList<>();
    var query = "?limit=2";
    while (query != null) {
      var page = page(query);
      pages.add(page.getItems().stream().map(Entry::getKey).toList());
      query = page.getNextCursor() == null ? null : "?limit=2&cursor=" + page.getNextCursor();
    }
    assertThat(pages).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\": \"a\"}",
        "{\"key\": \"a\", \"text\": \"b\", \"createdBy\": \"me\"}",
        "{\"key\": \"a\", \"text\": 1}",
        "{\"key\": \"Not A Key\", \"text\": \"b\"}",
        "[]",
        "{"
      })
  void refusesABodyThatDoesNotFit(String body) {
    client
        .post()
        .uri("/v1/entries")
        .contentType(MediaType.APPLICATION_JSON)
        .body(body)
        .exchange()
        .expectStatus()
        .isBadRequest();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=101", "limit=ten", "cursor=*", "cursor=not-one", "page=2"})
  void refusesAQueryThatDoesNotFit(String query) {
    client.get().uri("/v1/entries?" + query).exchange().expectStatus().isBadRequest();
  }

  private RestTestClient.ResponseSpec add(String key, String text) {
    return client
        .post()
        .uri("/v1/entries")
        .contentType(MediaType.APPLICATION_JSON)
        .body(new NewEntry(key, text))
        .exchange();
  }

  private RestTestClient.ResponseSpec delete(String key) {
    return client.delete().uri("/v1/entries/" + key).exchange();
  }

  private EntryPage page(String query) {
    var page =
        client
            .get()
            .uri("/v1/entries" + query)
            .exchange()
            .expectBody(EntryPage.class)
            .returnResult()
            .getResponseBody();
    assertThat(page).isNotNull();
    return page;
  }
}
