package io.metastore.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.http.Request;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AskTest {
    private static final int TRIES = 20_000;

    @Test
    void aKeyOfAnyBytesIsFoundInItsPath() {
        var random = new Random(1);
        for (int number = 0; number < 2000; number++) {
            var bytes = new byte[1 + random.nextInt(20)];
            random.nextBytes(bytes);
            var key = Bytes.wrap(bytes);

            assertThat(Target.parse("/" + escaped(bytes)).key()).isEqualTo(key);
            assertThat(Target.parse("http://a:1/" + escaped(bytes)).key()).isEqualTo(key);
            assertThat(ask("GET", "/?prefix=" + escaped(bytes)))
                    .isInstanceOfSatisfying(
                            Ask.Listing.class,
                            listing -> assertThat(listing.prefix()).isEqualTo(key));
        }
    }

    @Test
    void whatIsSentAtRandomIsUnderstoodOrRefusedInWords() {
        var random = new Random(2);
        var pieces = new String[] {
            "/",
            "?",
            "&",
            "=",
            "%",
            "%4",
            "%41",
            "+",
            "a",
            "\u00ff",
            "prefix",
            "watch",
            "limit",
            "continue",
            "revision",
            "keys_only",
            "lease",
            "ttl",
            "0x",
            "-1",
            "99999999999999999999",
            "true",
            "AAAAAAAAAAdh",
            "http://",
            ":"
        };
        int refused = 0;
        for (int number = 0; number < TRIES; number++) {
            var uri = new StringBuilder("/");
            for (int piece = random.nextInt(9); piece > 0; piece--) {
                uri.append(pieces[random.nextInt(pieces.length)]);
            }
            var method = new String[] {"GET", "PUT", "DELETE"}[random.nextInt(3)];
            try {
                ask(method, uri.toString());
            } catch (BadRequestException e) {
                assertThat(e.what()).isNotEmpty().doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(TRIES / 10, TRIES * 9 / 10);
    }

    @Test
    void aPrefixEndsWhereNoOtherKeyBeginsSo() {
        assertThat(Prefixes.range(Bytes.utf8("ab"))).isEqualTo(new KeyRange(Bytes.utf8("ab"), Bytes.utf8("ac")));
        var edge = Bytes.wrap(new byte[] {'a', (byte) 0xff});
        assertThat(Prefixes.range(edge)).isEqualTo(new KeyRange(edge, Bytes.utf8("b")));
        var last = Bytes.wrap(new byte[] {(byte) 0xff});
        assertThat(Prefixes.range(last)).isEqualTo(KeyRange.from(last));
    }

    @Test
    void aTokenLeadsBackToWhereItWasMade() {
        var random = new Random(3);
        for (int number = 0; number < 1000; number++) {
            var key = new byte[1 + random.nextInt(40)];
            random.nextBytes(key);
            var token = new PageToken(random.nextLong(1, Long.MAX_VALUE), Bytes.wrap(key));

            assertThat(PageToken.parse(token.text())).isEqualTo(token);
        }
    }

    private static String escaped(byte[] bytes) {
        return HexFormat.ofDelimiter("%").withPrefix("").formatHex(bytes).transform(hex -> "%" + hex);
    }

    private static Ask ask(String method, String uri) {
        return Ask.parse(new Request(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), uri, new DefaultHttpHeaders(), Bytes.EMPTY));
    }
}
