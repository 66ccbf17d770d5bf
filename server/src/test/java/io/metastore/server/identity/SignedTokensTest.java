package io.metastore.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.request.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest {
    private static final Path KEYS = Path.of("src/test/resources/differential/keys");
    private static final Path OF_ETCD = Path.of("src/test/resources/io/metastore/server/identity/etcd-tokens.txt");
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final String CLAIMS = "{\"exp\":4000000000,\"revision\":4,\"username\":\"alice\"}";

    private Instant now = Instant.ofEpochSecond(1_700_000_000);

    @ParameterizedTest
    @EnumSource(SigningMethod.class)
    void aTokenNamesItsUserAndTheRevision(SigningMethod method) {
        var tokens = open(method.name());
        var token = tokens.sign("älice", 7).orElseThrow();

        assertThat(tokens.caller(token, 9)).contains(new Caller("älice", 7));
        assertThat(open(method.name()).caller(token, 9)).contains(new Caller("älice", 7));
        assertThat(tokens.mayBecomeKnown(token, 0)).isFalse();
    }

    static Stream<List<String>> tokensOfEtcd() throws IOException {
        return Files.readAllLines(OF_ETCD).stream().map(line -> List.of(line.split(" ", -1)));
    }

    /// Signed by etcd 3.7.1 with the same keys.
    @ParameterizedTest
    @MethodSource("tokensOfEtcd")
    void tokensOfEtcdAreUnderstood(List<String> methodAndToken) {
        assertThat(open(methodAndToken.getFirst()).caller(methodAndToken.getLast(), 9))
                .contains(new Caller("root", 3));
    }

    @Test
    void aTokenLooksAsThoseOfEtcd() throws IOException {
        var etcds = tokensOfEtcd().findFirst().orElseThrow().getLast().split("\\.", -1);
        now = Instant.ofEpochSecond(4_949_003_192L).minus(TTL);

        var ours = open("RS256").sign("root", 3).orElseThrow().split("\\.", -1);

        assertThat(ours[0]).isEqualTo(etcds[0]);
        assertThat(ours[1]).isEqualTo(etcds[1]);
        assertThat(ours[2]).as("this way to sign leaves nothing to chance").isEqualTo(etcds[2]);
    }

    @Test
    void aTokenEndsWithItsTimeAlsoWhenItWasUsedBefore() {
        var tokens = open("ES256");
        var token = tokens.sign("alice", 7).orElseThrow();
        assertThat(tokens.caller(token, 9)).isPresent();

        now = now.plus(TTL).minusMillis(1);
        assertThat(tokens.caller(token, 9)).isPresent();
        now = now.plusMillis(1);
        assertThat(tokens.caller(token, 9)).isEmpty();
    }

    @Test
    void aTokenIsNotValidBeforeItsTime() {
        assertThat(caller("{\"nbf\":1700000001,\"revision\":4,\"username\":\"alice\"}"))
                .isFalse();
        assertThat(caller("{\"nbf\":1700000000,\"revision\":4,\"username\":\"alice\"}"))
                .isTrue();
    }

    @Test
    void aTokenOfAnotherKeyOrAnotherMethodIsNone() {
        assertThat(open("RS256").caller(open("PS256").sign("a", 1).orElseThrow(), 1))
                .isEmpty();
        assertThat(open("RS256").caller(open("RS384").sign("a", 1).orElseThrow(), 1))
                .isEmpty();
        assertThat(open("HS256").caller(open("HS384").sign("a", 1).orElseThrow(), 1))
                .isEmpty();
    }

    /// The known attack on servers that take the key for what the token says it is.
    @Test
    void aPublicKeyIsNotTakenForASecret() throws IOException {
        var asSecret = SignedTokens.open("HS256", List.of(KEYS.resolve("RS256.pub")), List.of(), TTL, () -> now);

        assertThat(verifying("RS256").caller(asSecret.sign("root", 1).orElseThrow(), 1))
                .isEmpty();
    }

    @Test
    void aTokenWithoutSignatureIsNone() {
        var content = part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part(CLAIMS) + ".";
        assertThat(open("HS256").caller(content, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exp\":4000000000,\"username\":\"alice\"}",
                "{\"exp\":4000000000,\"revision\":4}",
                "{\"exp\":4000000000,\"revision\":\"4\",\"username\":\"alice\"}",
                "{\"exp\":4000000000,\"revision\":4,\"username\":5}",
                "{\"exp\":\"4000000000\",\"revision\":4,\"username\":\"alice\"}",
                "{\"exp\":null,\"revision\":4,\"username\":\"alice\"}",
                "[]",
                "nonsense",
                ""
            })
    void claimsThatAreNotWholeAreNone(String claims) {
        assertThat(caller(claims)).isFalse();
    }

    @Test
    void claimsWithoutAnEndAndWithMoreAreGood() {
        assertThat(caller("{\"revision\":4,\"username\":\"alice\",\"more\":{\"x\":[1]}}"))
                .isTrue();
    }

    @Test
    void aTokenThatWasChangedAnywhereIsNone() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var tokens = open("ES256");
        var token = tokens.sign("alice", 7).orElseThrow();
        for (int round = 0; round < 300; round++) {
            var letters = new StringBuilder(token);
            int at = random.nextInt(token.length());
            letters.setCharAt(at, (char) (33 + random.nextInt(90)));
            // The last letter of a part has bits that mean nothing.
            boolean counts = at + 1 < token.length() && token.charAt(at + 1) != '.';
            if (counts && !letters.toString().equals(token)) {
                assertThat(tokens.caller(letters.toString(), 9))
                        .as("-Dseed=%d: %s", seed, letters)
                        .isEmpty();
            }
        }
    }

    @Test
    void withThePublicKeyTokensAreCheckedAndNotMade() {
        for (var method : List.of("RS256", "PS256", "ES256", "EdDSA")) {
            var token = open(method).sign("alice", 7).orElseThrow();

            assertThat(verifying(method).caller(token, 9)).contains(new Caller("alice", 7));
            assertThat(verifying(method).sign("alice", 7)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"RS256, ES256", "ES256, ES384", "ES512, ES256", "EdDSA, ES256", "PS256, EdDSA"})
    void aKeyOfAnotherKindIsRefused(String method, String key) {
        var file = KEYS.resolve(key + ".key");

        assertThatThrownBy(() -> SignedTokens.open(method, List.of(file), List.of(), TTL, () -> now))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void keysThatDoNotMatchOrAreNotThereAreRefusedInTheWordsOfEtcd() {
        var key = List.of(KEYS.resolve("RS256.key"));
        assertThatThrownBy(() -> SignedTokens.open("RS256", key, List.of(KEYS.resolve("PS256.pub")), TTL, () -> now))
                .hasMessage("auth: public and private keys don't match");
        assertThatThrownBy(() -> SignedTokens.open("RS256", List.of(), List.of(), TTL, () -> now))
                .hasMessage("auth: missing key data");
        assertThatThrownBy(() -> SignedTokens.open("HS256", List.of(), key, TTL, () -> now))
                .hasMessage("auth: missing key data");
        assertThatThrownBy(() -> SignedTokens.open("none", key, List.of(), TTL, () -> now))
                .hasMessage("auth: invalid auth options");
    }

    @Test
    void aFileThatIsNotThereOrHoldsNoKeyIsNamed(@TempDir Path folder) throws IOException {
        var file = folder.resolve("key");
        assertThatThrownBy(() -> SignedTokens.open("RS256", List.of(file), List.of(), TTL, () -> now))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(file.toString());

        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> SignedTokens.open("RS256", List.of(file), List.of(), TTL, () -> now))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("c2VjcmV0");
    }

    /// The forms that stand for the same key: PKCS 1 and SEC 1, and the public key inside a private one.
    @Test
    void parametersBeforeAKeyAreNoKey(@TempDir Path folder) throws IOException {
        var file = folder.resolve("key");
        Files.writeString(
                file,
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                        + Files.readString(KEYS.resolve("ES256.key")));
        var tokens = SignedTokens.open("ES256", List.of(file), List.of(), TTL, () -> now);

        assertThat(open("ES256").caller(tokens.sign("alice", 7).orElseThrow(), 9))
                .isPresent();
    }

    private boolean caller(String claims) {
        var content = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(claims);
        return open("HS256").caller(content + "." + hmac(content), 9).isPresent();
    }

    private static String hmac(String content) {
        try {
            var mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(Files.readAllBytes(KEYS.resolve("HS256.key")), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException | IOException e) {
            throw new AssertionError(HexFormat.of().formatHex(content.getBytes(StandardCharsets.UTF_8)), e);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private SignedTokens open(String method) {
        return SignedTokens.open(method, List.of(KEYS.resolve(method + ".key")), List.of(), TTL, () -> now);
    }

    private SignedTokens verifying(String method) {
        return SignedTokens.open(method, List.of(), List.of(KEYS.resolve(method + ".pub")), TTL, () -> now);
    }
}
