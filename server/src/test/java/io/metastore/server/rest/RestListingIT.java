package io.metastore.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Keys that begin alike, page by page.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestListingIT {
    private RestMember member;

    @BeforeAll
    void start() throws Exception {
        member = new RestMember();
    }

    @AfterAll
    void stop() {
        member.close();
    }

    @Test
    void allPagesAreOfOneRevision() throws Exception {
        for (int number = 10; number < 35; number++) {
            member.put("/page/" + number, "v" + number);
        }
        var first = page("/?prefix=page/&limit=10");
        member.delete("/page/25");
        member.put("/page/26", "changed");
        member.put("/page/99", "new");

        var rows = new ArrayList<>(values(first));
        var next = first;
        int pages = 1;
        while (next.has("continue")) {
            next = page(
                    "/?prefix=page/&limit=10&continue=" + next.get("continue").getAsString());
            assertThat(next.get("revision")).isEqualTo(first.get("revision"));
            rows.addAll(values(next));
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(rows)
                .isEqualTo(IntStream.range(10, 35)
                        .mapToObj(number -> "page/" + number + "=v" + number)
                        .toList());
    }

    @Test
    void aPageThatIsJustFullHasNoNextOne() throws Exception {
        for (var key : List.of("full/1", "full/2")) {
            member.put("/" + key, "x");
        }

        assertThat(page("/?prefix=full/&limit=2").has("continue")).isFalse();
        assertThat(page("/?prefix=full/&limit=1").has("continue")).isTrue();
        assertThat(values(page("/?prefix=absent/"))).isEmpty();
    }

    @Test
    void aPageEndsWhereItWouldBecomeLarge() throws Exception {
        for (int number = 0; number < 6; number++) {
            member.put("/large/" + number, "x".repeat(1_500_000));
        }

        var first = page("/?prefix=large/");
        assertThat(first.getAsJsonArray("keys")).hasSize(3);
        var second = page("/?prefix=large/&continue=" + first.get("continue").getAsString());
        assertThat(second.getAsJsonArray("keys")).hasSize(3);
        assertThat(second.has("continue")).isFalse();
    }

    @Test
    void bytesThatAreNoTextStandInBase64() throws Exception {
        member.put("/raw/%ff", "plain");
        member.put("/raw/text?ttl=600", "ä\"\n");

        var rows = page("/?prefix=raw/").getAsJsonArray("keys");
        var text = rows.get(0).getAsJsonObject();
        assertThat(text.get("key").getAsString()).isEqualTo("raw/text");
        assertThat(text.get("value").getAsString()).isEqualTo("ä\"\n");
        assertThat(text.get("version").getAsInt()).isEqualTo(1);
        assertThat(text.get("lease").getAsJsonPrimitive().isString()).isTrue();
        var bytes = rows.get(1).getAsJsonObject();
        assertThat(bytes.get("keyBase64").getAsString()).isEqualTo("cmF3L/8=");
        assertThat(bytes.has("key")).isFalse();
        assertThat(bytes.get("value").getAsString()).isEqualTo("plain");
    }

    @Test
    void keysAloneHaveNoValues() throws Exception {
        member.put("/names/a", "x");

        var row =
                page("/?prefix=names/&keys_only").getAsJsonArray("keys").get(0).getAsJsonObject();
        assertThat(row.keySet()).containsExactly("key", "createRevision", "modRevision", "version");
    }

    @Test
    void anEmptyPrefixIsAllKeysAndThatOfAnotherPageIsRefused() throws Exception {
        member.put("/zzz/1", "x");
        member.put("/zzz/2", "x");
        assertThat(values(page("/?prefix="))).contains("zzz/1=x");

        var token = page("/?prefix=zzz/&limit=1").get("continue").getAsString();
        var answer = member.get("/?prefix=a&continue=" + token);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("the parameter continue belongs to another prefix\n");
    }

    private JsonObject page(String target) throws Exception {
        var answer = member.get(target);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private static List<String> values(JsonObject page) {
        return page.getAsJsonArray("keys").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(row -> row.has("key"))
                .map(row ->
                        row.get("key").getAsString() + "=" + row.get("value").getAsString())
                .toList();
    }
}
