package io.metastore.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.auth.Token;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleTokensTest {
    private static final Duration TTL = Duration.ofSeconds(100);

    /// Near the end of its range, where a careless comparison would go wrong.
    private long now = Long.MAX_VALUE - 1;

    private final SimpleTokens tokens = new SimpleTokens(TTL, () -> now, new Random(1));

    @Test
    void aTokenIsSixteenLettersADotAndItsPlaceInTheLog() {
        var secret = tokens.newSecret();

        assertThat(secret.token(42)).matches("[a-zA-Z]{16}\\.42");
        assertThat(secret.digest().length()).isEqualTo(32);
        assertThat(tokens.newSecret()).isNotEqualTo(secret);
        assertThat(secret.toString()).doesNotContain(secret.text());
    }

    @Test
    void whoShowsATokenIsItsUserAtTheRevisionOfNow() {
        var token = issue("alice", 7);

        assertThat(tokens.caller(token, 3)).contains(new Caller("alice", 3));
    }

    @Test
    void nobodyHasATokenThatWasNotIssuedOrHasAnotherPlace() {
        var token = issue("alice", 7);

        assertThat(tokens.caller(token + "1", 3)).isEmpty();
        assertThat(tokens.caller(tokens.newSecret().token(7), 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.1",
                "abcdefghijklmnop",
                "abcdefghijklmnop.",
                "abcdefghijklmnop.-1",
                "abcdefghijklmnop.x",
                "abcdefghijklmnopq.1",
                "abcdefghijklmnop.1.2",
                "abcdefghijklmnop.99999999999999999999"
            })
    void whatDoesNotLookLikeATokenIsNone(String text) {
        assertThat(tokens.caller(text, 3)).isEmpty();
        assertThat(tokens.mayBecomeKnown(text, 0)).isFalse();
    }

    @Test
    void aTokenMayBecomeKnownWhenItsPlaceIsNotAppliedHereYet() {
        var token = tokens.newSecret().token(7);

        assertThat(tokens.mayBecomeKnown(token, 6)).isTrue();
        assertThat(tokens.mayBecomeKnown(token, 7)).isFalse();
    }

    @Test
    void aTokenEndsWhenItIsNotUsedForItsTime() {
        var token = issue("alice", 7);

        pass(TTL);
        assertThat(tokens.caller(token, 3)).isPresent();
        pass(TTL);
        assertThat(tokens.caller(token, 3)).isPresent();
        pass(TTL.plusNanos(1));
        assertThat(tokens.caller(token, 3)).isEmpty();
    }

    @Test
    void useElsewhereKeepsATokenValidHere() {
        var token = issue("alice", 7);
        pass(Duration.ofSeconds(90));

        tokens.kept(digest(token));
        pass(Duration.ofSeconds(90));

        assertThat(tokens.caller(token, 3)).isPresent();
    }

    @Test
    void useIsToldOnceAndNotMoreOftenThanEachQuarterOfItsTime() {
        var token = issue("alice", 7);
        tokens.caller(token, 3);
        assertThat(tokens.usedSinceKept(10)).isEmpty();

        pass(Duration.ofSeconds(25));
        assertThat(tokens.usedSinceKept(0)).isEmpty();
        assertThat(tokens.usedSinceKept(10)).containsExactly(digest(token));
        assertThat(tokens.usedSinceKept(10)).isEmpty();

        pass(Duration.ofSeconds(25));
        assertThat(tokens.usedSinceKept(10)).isEmpty();
        tokens.caller(token, 3);
        assertThat(tokens.usedSinceKept(10)).containsExactly(digest(token));
    }

    @Test
    void aTokenIsOverOnlyWhenNoMemberCanHoldItToBeValid() {
        var token = issue("alice", 7);

        pass(TTL.plus(TTL.dividedBy(2)));
        assertThat(tokens.over(10)).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(tokens.over(10)).containsExactly(digest(token));
        assertThat(tokens.over(0)).isEmpty();

        tokens.dropped(digest(token));
        assertThat(tokens.over(10)).isEmpty();
    }

    @Test
    void tokensThatWereTakenOverBeginAnewAndThoseHeardOfBeforeAreVoid() {
        var old = issue("alice", 7);
        var secret = tokens.newSecret();
        pass(TTL.plusSeconds(1));

        tokens.reloaded(List.of(new Token(secret.digest(), "bob", 9)));

        assertThat(tokens.caller(secret.token(9), 3)).contains(new Caller("bob", 3));
        assertThat(tokens.caller(old, 3)).isEmpty();
    }

    @Test
    void aDroppedTokenIsNobodys() {
        var token = issue("alice", 7);

        tokens.dropped(digest(token));
        tokens.kept(digest(token));

        assertThat(tokens.caller(token, 3)).isEmpty();
    }

    private String issue(String user, long index) {
        var secret = tokens.newSecret();
        tokens.issued(new Token(secret.digest(), user, index));
        return secret.token(index);
    }

    private static Bytes digest(String token) {
        return SimpleTokenText.digest(token.substring(0, token.indexOf('.')));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
